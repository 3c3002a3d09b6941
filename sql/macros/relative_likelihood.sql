-- Relative likelihood (a / n1) / (b / n0), a ratio: above 1 = the first group is more likely. State the direction.
-- When a or b is 0, 0.5 is added to all four cells (events and non-events of both groups), for the ratio and its limits.
-- The noisy form adds v / count^2 of each published count to the variance of the logarithm (delta method).
-- Source: Katz et al. 1978; NHS WRES technical guidance https://www.england.nhs.uk/about/equality/equality-hub/workforce-equality-data-standards/
-- Example: select relative_likelihood(780, 4000, 60, 480), relative_likelihood_lower(780, 4000, 60, 480),
--   relative_likelihood_upper(780, 4000, 60, 480);  -- 1.56, 1.2211166390, 1.9929300136

create or replace macro likelihood_correction(a, b) as case when a = 0 or b = 0 then 0.5::double else 0.0::double end;

create or replace macro relative_likelihood(a, n1, b, n0) as
  case when n1 > 0 and n0 > 0 and a >= 0 and b >= 0 then
    ((a::double + likelihood_correction(a, b)) / (n1::double + 2 * likelihood_correction(a, b)))
    / ((b::double + likelihood_correction(a, b)) / (n0::double + 2 * likelihood_correction(a, b))) end;

create or replace macro noisy_relative_likelihood_error(a, n1, b, n0, v) as
  case when n1 > 0 and n0 > 0 and a >= 0 and b >= 0 then sqrt(
    greatest(0, 1 / (a::double + likelihood_correction(a, b)) - 1 / (n1::double + 2 * likelihood_correction(a, b)))
    + greatest(0, 1 / (b::double + likelihood_correction(a, b)) - 1 / (n0::double + 2 * likelihood_correction(a, b)))
    + greatest(v::double, 0) * (
      1 / (a::double + likelihood_correction(a, b)) ^ 2 + 1 / (n1::double + 2 * likelihood_correction(a, b)) ^ 2
      + 1 / (b::double + likelihood_correction(a, b)) ^ 2 + 1 / (n0::double + 2 * likelihood_correction(a, b)) ^ 2)) end;

create or replace macro noisy_relative_likelihood_lower(a, n1, b, n0, v, z := 1.959963984540054) as
  relative_likelihood(a, n1, b, n0) * exp(-z::double * noisy_relative_likelihood_error(a, n1, b, n0, v));

create or replace macro noisy_relative_likelihood_upper(a, n1, b, n0, v, z := 1.959963984540054) as
  relative_likelihood(a, n1, b, n0) * exp(z::double * noisy_relative_likelihood_error(a, n1, b, n0, v));

create or replace macro relative_likelihood_lower(a, n1, b, n0, z := 1.959963984540054) as
  noisy_relative_likelihood_lower(a, n1, b, n0, 0, z);

create or replace macro relative_likelihood_upper(a, n1, b, n0, z := 1.959963984540054) as
  noisy_relative_likelihood_upper(a, n1, b, n0, 0, z);

comment on macro relative_likelihood is 'Ratio of two proportions (a / n1) / (b / n0); above 1 = the first group is more likely';
comment on macro relative_likelihood_lower is 'Lower limit of the relative likelihood';
comment on macro relative_likelihood_upper is 'Upper limit of the relative likelihood';
comment on macro noisy_relative_likelihood_error is 'Standard error of the logarithm of the relative likelihood, counts with noise variance v';
comment on macro noisy_relative_likelihood_lower is 'Lower limit of the relative likelihood, counts with noise variance v';
comment on macro noisy_relative_likelihood_upper is 'Upper limit of the relative likelihood, counts with noise variance v';
comment on macro likelihood_correction is 'Half a person added to each cell when a group has no events, else 0';
