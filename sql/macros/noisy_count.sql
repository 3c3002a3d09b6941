-- Interval of a published count whose perturbation has variance v: count -+ z sqrt(v), never below 0. People.
-- It says how far the true count may be, not what sampling might do: the extract is a census.
-- noise_variance(m, v): variance of a sum or difference of m perturbed cells with variance v each.
-- Source: Handbook on Statistical Disclosure Control, cell key method, https://sdctools.github.io/HandbookSDC/
-- Example: select count_lower(40, 6.25), count_upper(40, 6.25);  -- 35.100, 44.900

create or replace macro noise_variance(cells, v) as cells * v::double;

create or replace macro count_lower(x, v, z := 1.959963984540054) as
  case when x is not null and v >= 0 then greatest(0.0::double, x::double - z::double * sqrt(greatest(v::double, 0))) end;

create or replace macro count_upper(x, v, z := 1.959963984540054) as
  case when v >= 0 then x::double + z::double * sqrt(greatest(v::double, 0)) end;

comment on macro noise_variance is 'Noise variance of a sum of perturbed cells';
comment on macro count_lower is 'Lower limit of a count with noise variance v';
comment on macro count_upper is 'Upper limit of a count with noise variance v';
