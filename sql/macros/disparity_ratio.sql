-- Disparity ratio between two tiers (bands): (reference upper / reference lower) / (group upper / group lower).
-- Above 1 = the group is less represented in the upper tier than the reference group. A ratio, with limits on the log scale;
-- 0.5 is added to all four counts when any is 0; v is the noise variance of each published count (0 for exact counts).
-- Source: NHS WRES race disparity ratio, https://www.england.nhs.uk/about/equality/equality-hub/workforce-equality-data-standards/
-- Example, band 2 to band 3: select disparity_ratio(300, 120, 900, 450), disparity_ratio_lower(300, 120, 900, 450);  -- 1.25, 0.9832

create or replace macro disparity_correction(a, b, c, d) as
  case when least(a, b, c, d) = 0 then 0.5::double else 0.0::double end;

create or replace macro disparity_ratio(group_lower, group_upper, reference_lower, reference_upper) as
  case when group_lower >= 0 and group_upper >= 0 and reference_lower >= 0 and reference_upper >= 0
      and group_lower + group_upper > 0 and reference_lower + reference_upper > 0 then
    ((reference_upper::double + disparity_correction(group_lower, group_upper, reference_lower, reference_upper))
      / (reference_lower::double + disparity_correction(group_lower, group_upper, reference_lower, reference_upper)))
    / ((group_upper::double + disparity_correction(group_lower, group_upper, reference_lower, reference_upper))
      / (group_lower::double + disparity_correction(group_lower, group_upper, reference_lower, reference_upper))) end;

create or replace macro disparity_log_error(group_lower, group_upper, reference_lower, reference_upper, v) as
  case when group_lower >= 0 and group_upper >= 0 and reference_lower >= 0 and reference_upper >= 0 and v >= 0 then sqrt(list_sum(list_transform(
    [group_lower::double, group_upper::double, reference_lower::double, reference_upper::double],
    lambda _cell: 1 / (_cell + disparity_correction(group_lower, group_upper, reference_lower, reference_upper))
      + v::double / (_cell + disparity_correction(group_lower, group_upper, reference_lower, reference_upper)) ^ 2))) end;

create or replace macro disparity_ratio_lower(group_lower, group_upper, reference_lower, reference_upper, v := 0, z := 1.959963984540054) as
  disparity_ratio(group_lower, group_upper, reference_lower, reference_upper)
    * exp(-z::double * disparity_log_error(group_lower, group_upper, reference_lower, reference_upper, v));

create or replace macro disparity_ratio_upper(group_lower, group_upper, reference_lower, reference_upper, v := 0, z := 1.959963984540054) as
  disparity_ratio(group_lower, group_upper, reference_lower, reference_upper)
    * exp(z::double * disparity_log_error(group_lower, group_upper, reference_lower, reference_upper, v));

comment on macro disparity_ratio is 'Upper to lower tier ratio of the reference group over that of the group; above 1 = the group is less represented above';
comment on macro disparity_ratio_lower is 'Lower limit of the disparity ratio';
comment on macro disparity_ratio_upper is 'Upper limit of the disparity ratio';
comment on macro disparity_log_error is 'Standard error of the logarithm of the disparity ratio';
comment on macro disparity_correction is 'Half a person added to each count when any is 0, else 0';
