-- Interval of a ratio or a rate x / n of published (perturbed) sums with noise variances vx and vn; units of x / n.
-- noisy_ratio_*: the noise alone by the delta method, for ratios of two sums (hours per FTE): r -+ z sqrt(vx + r^2 vn) / n.
-- noisy_rate_*: events over exposure; Byar's limits of the events, widened by the noise in quadrature.
-- No limit is below 0. n = 0 or a missing argument gives NULL.
-- Source: delta method; Breslow and Day 1987, vol. 2, p. 69.
-- Example: select noisy_ratio_lower(120, 60, 6.25, 6.25), noisy_rate_lower(65, 1000, 0, 0), noisy_rate_upper(65, 1000, 6.25, 6.25);  -- 1.8174, 0.050163, 0.083512

create or replace macro noisy_ratio_lower(x, n, vx, vn, z := 1.959963984540054) as
  case when n > 0 and x is not null and vx >= 0 and vn >= 0 then
    greatest(0.0::double, x::double / n - z::double * sqrt(greatest(0, vx::double + (x::double / n) ^ 2 * vn::double)) / n::double) end;

create or replace macro noisy_ratio_upper(x, n, vx, vn, z := 1.959963984540054) as
  case when n > 0 and x is not null and vx >= 0 and vn >= 0 then
    x::double / n + z::double * sqrt(greatest(0, vx::double + (x::double / n) ^ 2 * vn::double)) / n::double end;

create or replace macro noisy_rate_lower(x, n, vx, vn, z := 1.959963984540054) as
  case when n > 0 and x >= 0 and vx >= 0 and vn >= 0 then
    greatest(0.0::double, x::double / n - sqrt(greatest(0, (x::double / n - byar_lower(x, z) / n::double) ^ 2
      + z::double ^ 2 * (vx::double + (x::double / n) ^ 2 * vn::double) / n::double ^ 2))) end;

create or replace macro noisy_rate_upper(x, n, vx, vn, z := 1.959963984540054) as
  case when n > 0 and x >= 0 and vx >= 0 and vn >= 0 then
    x::double / n + sqrt(greatest(0, (byar_upper(x, z) / n::double - x::double / n) ^ 2
      + z::double ^ 2 * (vx::double + (x::double / n) ^ 2 * vn::double) / n::double ^ 2)) end;

comment on macro noisy_ratio_lower is 'Lower limit of a ratio of two noisy sums';
comment on macro noisy_ratio_upper is 'Upper limit of a ratio of two noisy sums';
comment on macro noisy_rate_lower is 'Lower limit of events over exposure, with noise';
comment on macro noisy_rate_upper is 'Upper limit of events over exposure, with noise';
