-- One year of a stock-flow model: next[j] = sum over i of stock[i] transition[i][j], plus joiners[j]. People.
-- Each row of the transition matrix sums to at most 1; what is missing left. Several years, steady state and intervals: sql/src/statistics.
-- Source: Bartholomew, Forbes and McClean 1991, Statistical Techniques for Manpower Planning
-- Example: select markov_step([400, 300, 100], [[.80, .08, .01], [.01, .83, .06], [0, .01, .90]], [60, 20, 5]);  -- [383, 302, 117]

create or replace macro markov_step(stock, transition, joiners) as
  list_transform(joiners, lambda _recruited, _j: _recruited::double
    + list_sum(list_transform(stock, lambda _people, _i: _people::double * transition[_i][_j])));

comment on macro markov_step is 'Next stock of a Markov stock-flow model';
