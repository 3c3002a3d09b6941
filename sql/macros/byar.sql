-- Byar's approximate limits of a Poisson count x; divide by the denominator for a rate.
-- Good from 10 events; below that use poisson_lower and poisson_upper, which are exact.
-- Source: Breslow and Day 1987, vol. 2, p. 69; as used by https://github.com/ukhsa-collaboration/PHEindicatormethods
-- Example: select byar_lower(65), byar_upper(65);  -- 50.16318771, 82.84913855

create or replace macro byar_lower(x, z := 1.959963984540054) as
  case when x > 0 then greatest(0.0::double,
      x::double * (1 - 1 / (9 * x::double) - z::double / (3 * sqrt(x::double))) ^ 3)
    when x = 0 then 0.0::double end;

create or replace macro byar_upper(x, z := 1.959963984540054) as
  case when x >= 0 then
    (x::double + 1) * (1 - 1 / (9 * (x::double + 1)) + z::double / (3 * sqrt(greatest(x::double, 0) + 1))) ^ 3 end;

comment on macro byar_lower is 'Lower Byar limit of a Poisson count';
comment on macro byar_upper is 'Upper Byar limit of a Poisson count';
