-- Interval of a proportion of published (perturbed) counts x / n with noise variances vx and vn; limits are proportions in [0, 1].
-- noisy_wilson_*: Wilson with the effective n: var = r (1 - r) / n + (vx + r^2 vn) / n^2, n_eff = r (1 - r) / var. Within half a person of
-- 0 or 1, r is taken half a person inside for n_eff alone, so that the interval still widens.
-- noisy_score_*: Wilson's construction itself with the noise in the variance: all p with (r - p)^2 <= z^2 (p (1 - p) / n + (vx + p^2 vn) / n^2).
-- Both equal Wilson when vx = vn = 0. Rare rates: the score form is two to four times narrower and covers better (measured in
-- wilson_noisy.test.ts beside the statistics). n = 0 or a missing argument gives NULL.
-- noisy_difference_*: Newcombe's difference of two proportions with the noisy score limits.
-- Source: delta method; Wilson 1927.
-- Example: select noisy_effective_n(10, 100, 6.25, 6.25), noisy_wilson_lower(10, 100, 6.25, 6.25);  -- 58.8, 0.0463

create or replace macro proportion_within(x, n) as
  case when n > 0 and x is not null then least(greatest(x::double / n::double, 0), 1) end;

create or replace macro proportion_inside(x, n) as
  case when n > 0 and x is not null then
    least(greatest(x::double / n::double, least(0.5, 0.5 / n::double)), greatest(0.5, 1 - 0.5 / n::double)) end;

create or replace macro noisy_effective_n(x, n, vx, vn) as
  case when n > 0 and x is not null and vx >= 0 and vn >= 0 then
    proportion_inside(x, n) * (1 - proportion_inside(x, n)) * n::double ^ 2
    / (proportion_inside(x, n) * (1 - proportion_inside(x, n)) * n::double + vx::double + proportion_inside(x, n) ^ 2 * vn::double) end;

create or replace macro noisy_wilson_lower(x, n, vx, vn, z := 1.959963984540054) as
  wilson_lower(proportion_within(x, n) * noisy_effective_n(x, n, vx, vn), noisy_effective_n(x, n, vx, vn), z);

create or replace macro noisy_wilson_upper(x, n, vx, vn, z := 1.959963984540054) as
  wilson_upper(proportion_within(x, n) * noisy_effective_n(x, n, vx, vn), noisy_effective_n(x, n, vx, vn), z);

create or replace macro noisy_score_limit(r, n, vx, vn, z, direction) as
  case when 1 + z ^ 2 / n - z ^ 2 * vn / n ^ 2 <= 0 then (1 + direction) / 2 else
    (2 * r + z ^ 2 / n + direction * sqrt(greatest(0,
      (2 * r + z ^ 2 / n) ^ 2 - 4 * (1 + z ^ 2 / n - z ^ 2 * vn / n ^ 2) * (r ^ 2 - z ^ 2 * vx / n ^ 2))))
    / (2 * (1 + z ^ 2 / n - z ^ 2 * vn / n ^ 2)) end;

create or replace macro noisy_score_lower(x, n, vx, vn, z := 1.959963984540054) as
  case when n > 0 and x is not null and vx >= 0 and vn >= 0 then
    greatest(0, least(proportion_within(x, n), noisy_score_limit(proportion_within(x, n), n::double, vx::double, vn::double, z::double, -1))) end;

create or replace macro noisy_score_upper(x, n, vx, vn, z := 1.959963984540054) as
  case when n > 0 and x is not null and vx >= 0 and vn >= 0 then
    least(1, greatest(proportion_within(x, n), noisy_score_limit(proportion_within(x, n), n::double, vx::double, vn::double, z::double, 1))) end;

create or replace macro noisy_difference_lower(x1, n1, x2, n2, v, z := 1.959963984540054) as
  case when n1 > 0 and n2 > 0 and x1 is not null and x2 is not null then
    greatest(-1.0::double, proportion_within(x1, n1) - proportion_within(x2, n2)
    - sqrt((proportion_within(x1, n1) - noisy_score_lower(x1, n1, v, v, z)) ^ 2
      + (noisy_score_upper(x2, n2, v, v, z) - proportion_within(x2, n2)) ^ 2)) end;

create or replace macro noisy_difference_upper(x1, n1, x2, n2, v, z := 1.959963984540054) as
  case when n1 > 0 and n2 > 0 and x1 is not null and x2 is not null then
    least(1.0::double, proportion_within(x1, n1) - proportion_within(x2, n2)
    + sqrt((noisy_score_upper(x1, n1, v, v, z) - proportion_within(x1, n1)) ^ 2
      + (proportion_within(x2, n2) - noisy_score_lower(x2, n2, v, v, z)) ^ 2)) end;

comment on macro proportion_within is 'x / n held within 0 and 1';
comment on macro proportion_inside is 'x / n held half a person inside 0 and 1';
comment on macro noisy_effective_n is 'Number of people whose sampling variance equals that of x / n with noise';
comment on macro noisy_wilson_lower is 'Lower Wilson limit of x / n with the effective n of noisy counts';
comment on macro noisy_wilson_upper is 'Upper Wilson limit of x / n with the effective n of noisy counts';
comment on macro noisy_score_limit is 'One root of the score equation with noise; direction -1 lower, 1 upper';
comment on macro noisy_score_lower is 'Lower score limit of x / n, noise in the variance';
comment on macro noisy_score_upper is 'Upper score limit of x / n, noise in the variance';
comment on macro noisy_difference_lower is 'Lower Newcombe limit of x1 / n1 - x2 / n2, counts with noise variance v';
comment on macro noisy_difference_upper is 'Upper Newcombe limit of x1 / n1 - x2 / n2, counts with noise variance v';
