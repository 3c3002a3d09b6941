-- Cochran-Armitage test for trend in ordered proportions xs[i] / ns[i] with scores 1, 2, 3, ...: chi-square on 1 degree of freedom.
-- The p-value is chiSquareSf(statistic, 1) in TypeScript. NULL when there is no variation to test.
-- Source: Armitage 1955 https://doi.org/10.2307/3001775 ; equals R prop.trend.test
-- Example, progression by band: select cochran_armitage([83, 90, 129, 70], [86, 93, 136, 82]);  -- 8.2249223

create or replace macro cochran_armitage(xs, ns) as
  (list_sum(list_transform(xs, lambda _x, _i: _i * _x)) - list_sum(list_transform(ns, lambda _n, _i: _i * _n))
    * list_sum(xs)::double / nullif(list_sum(ns)::double, 0)) ^ 2
  / nullif(list_sum(xs)::double / nullif(list_sum(ns)::double, 0)
    * (1 - list_sum(xs)::double / nullif(list_sum(ns)::double, 0))
    * (list_sum(list_transform(ns, lambda _n, _i: _i * _i * _n))
      - list_sum(list_transform(ns, lambda _n, _i: _i * _n))::double ^ 2 / nullif(list_sum(ns)::double, 0)), 0);

comment on macro cochran_armitage is 'Chi-square (1 df) for trend in ordered proportions';
