-- Run chart with the Anhoej rules: a shift when the longest run on one side of the median is longer than round(log2 n) + 3,
-- or crossings are fewer than the 5% binomial quantile. n counts the points not on the median; under 10
-- of them there is no signal. A row without y is a point that is missing: no run and no crossing reaches across it. One row per series.
-- binomial_half_quantile(p, m): smallest k with P(Binomial(m, 1/2) <= k) >= p.
-- Source: Anhoej and Olesen 2014 https://doi.org/10.1371/journal.pone.0113825 ; R package qicharts2
-- In: columns t, y, optional series.
-- Example: from run_chart('monthly');

create or replace macro binomial_half_quantile(p, m) as
  case when m >= 0 then list_count(list_filter(range(m::bigint + 1), lambda _k: list_sum(list_transform(range(_k + 1), lambda _j:
    exp(lgamma(m::double + 1) - lgamma(_j::double + 1) - lgamma(m::double - _j + 1) - m::double * ln(2::double)))) < p::double * (1 - 1e-12)))
  end;

create or replace macro run_chart(observations) as table
with given as (
  select * from query_table(observations) union all by name (select null::varchar as series, null::double as y where false)
),
centred as (
  select coalesce(series::varchar, 'all') as series, t, y::double as y,
    median(y::double) over (partition by series) as median, count(y) over (partition by series) as points,
    count(*) filter (y is null) over (partition by series order by t) as gaps
  from given
),
sided as (
  select *, sign(y - median) as side, lag(sign(y - median)) over (partition by series, gaps order by t) as previous
  from centred where y <> median
),
numbered as (
  select *, sum((side is distinct from previous)::integer) over (partition by series, gaps order by t) as run from sided
),
runs as (select series, gaps, run, count(*) as length from numbered group by series, gaps, run),
stretches as (
  select series, gaps, sum(length) as points_in, max(length) as longest, count(*) as runs_in from runs group by series, gaps
),
counted as (
  select series, any_value(median) as median, any_value(points)::integer as points from centred where y is not null group by series
),
measured as (
  select series, sum(points_in)::integer as useful_points, max(longest)::integer as longest_run,
    sum(runs_in - 1)::integer as crossings, sum(points_in - 1)::integer as places
  from stretches group by series
),
limited as (
  select series, median, points, coalesce(useful_points, 0) as useful_points, coalesce(longest_run, 0) as longest_run,
    coalesce(crossings, 0) as crossings,
    case when useful_points > 0 then round(log2(useful_points))::integer + 3 end as longest_run_limit,
    case when useful_points > 0 then binomial_half_quantile(0.05, places)::integer end as crossings_limit
  from counted left join measured using (series)
)
select *, coalesce(useful_points >= 10 and (longest_run > longest_run_limit or crossings < crossings_limit), false) as signal
from limited order by series;

comment on macro binomial_half_quantile is 'Quantile of the Binomial(m, 1/2) distribution';
comment on macro table run_chart is 'Run chart: columns t, y, optional series in; longest run, crossings, their limits and signal out';
