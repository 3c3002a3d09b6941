-- Standard errors of a proportion x / n, of a Poisson rate x / n and of a mean; units of the estimate. vx, vn: noise variances of the published counts.
-- NULL when n = 0. x is held within 0..n for a proportion.
-- Source: var = r (1 - r) / n + (vx + r^2 vn) / n^2 (delta method).
-- Example: select proportion_standard_error(10, 100, 6.25, 6.25);  -- 0.0391

create or replace macro proportion_standard_error(x, n, vx := 0, vn := 0) as
  case when n > 0 and x is not null and vx >= 0 and vn >= 0 then sqrt(
    least(greatest(x::double / n, 0), 1) * (1 - least(greatest(x::double / n, 0), 1)) / n::double
    + (vx::double + least(greatest(x::double / n, 0), 1) ^ 2 * vn::double) / n::double ^ 2) end;

create or replace macro rate_standard_error(x, n, vx := 0, vn := 0) as
  case when n > 0 and x >= 0 and vx >= 0 and vn >= 0 then
    sqrt(greatest(x::double, 0) + vx::double + (x::double / n) ^ 2 * vn::double) / n::double end;

create or replace macro mean_standard_error(sd, n) as
  case when n > 0 then sd::double / sqrt(greatest(n::double, 0)) end;

comment on macro proportion_standard_error is 'Standard error of a proportion, with noise variances of the counts';
comment on macro rate_standard_error is 'Standard error of a Poisson rate, with noise variances of the counts';
comment on macro mean_standard_error is 'Standard error of a mean';
