-- Mann-Kendall trend test with ties, and the Sen slope per step, of a list of equally spaced values (NULL = missing, its place is kept).
-- STRUCT(n, s, variance, z, slope); z has the continuity correction; p = 2 (1 - normal cdf |z|) in TypeScript (twoSidedP).
-- Not for autocorrelated series such as rolling 12-month rates. Fewer than 3 values, or no variation: z is NULL or 0.
-- Source: Mann 1945; Kendall 1975; Sen 1968 https://doi.org/10.1080/01621459.1968.10480934
-- Example: select mann_kendall(list(rate order by period_end)) from monthly;

create or replace macro mann_kendall_pairs(ys) as
  flatten(list_transform(ys, lambda _a, _i: list_transform(ys[_i + 1:], lambda _b, _j:
    {'rise': (_b - _a)::double, 'steps': _j})));

create or replace macro mann_kendall_s(ys) as
  coalesce(list_sum(list_transform(mann_kendall_pairs(ys), lambda _pair: sign(_pair.rise))), 0)::integer;

create or replace macro mann_kendall_variance(ys) as (
  list_count(ys)::double * (list_count(ys) - 1) * (2 * list_count(ys) + 5)
  - list_sum(list_transform(list_filter(list_distinct(ys), lambda _u: _u is not null), lambda _u:
      len(list_filter(ys, lambda _y: _y = _u))::double * (len(list_filter(ys, lambda _y: _y = _u)) - 1)
      * (2 * len(list_filter(ys, lambda _y: _y = _u)) + 5)))
) / 18;

create or replace macro sen_slope(ys) as
  list_median(list_transform(list_filter(mann_kendall_pairs(ys), lambda _pair: _pair.rise is not null),
    lambda _pair: _pair.rise / _pair.steps));

create or replace macro mann_kendall(ys) as {
  'n': list_count(ys)::integer,
  's': mann_kendall_s(ys),
  'variance': mann_kendall_variance(ys),
  'z': case when mann_kendall_variance(ys) > 0 then
    (mann_kendall_s(ys) - sign(mann_kendall_s(ys))) / sqrt(greatest(mann_kendall_variance(ys), 0)) end,
  'slope': sen_slope(ys)
};

comment on macro mann_kendall is 'Mann-Kendall trend test and Sen slope of a list of equally spaced values';
comment on macro sen_slope is 'Sen slope per step of a list of equally spaced values';
comment on macro mann_kendall_s is 'Mann-Kendall S: rises minus falls over all pairs';
comment on macro mann_kendall_variance is 'Variance of the Mann-Kendall S with ties';
comment on macro mann_kendall_pairs is 'Every later minus earlier difference of a list, with the steps between';
