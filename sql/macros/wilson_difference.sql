-- Difference of two independent proportions x1/n1 - x2/n2 with the Newcombe hybrid of Wilson limits, in [-1, 1].
-- Perturbed counts: noisy_difference_lower and noisy_difference_upper in wilson_noisy.sql.
-- Source: Newcombe 1998, method 10, https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
-- Example: select difference_lower(56, 70, 48, 80), difference_upper(56, 70, 48, 80);  -- 0.0524314724, 0.3338726540

create or replace macro difference_lower(x1, n1, x2, n2, z := 1.959963984540054) as
  case when n1 > 0 and n2 > 0 and x1 is not null and x2 is not null then greatest(-1.0::double, x1::double / n1 - x2::double / n2
    - sqrt((x1::double / n1 - wilson_lower(x1, n1, z)) ^ 2 + (wilson_upper(x2, n2, z) - x2::double / n2) ^ 2)) end;

create or replace macro difference_upper(x1, n1, x2, n2, z := 1.959963984540054) as
  case when n1 > 0 and n2 > 0 and x1 is not null and x2 is not null then least(1.0::double, x1::double / n1 - x2::double / n2
    + sqrt((wilson_upper(x1, n1, z) - x1::double / n1) ^ 2 + (x2::double / n2 - wilson_lower(x2, n2, z)) ^ 2)) end;

comment on macro difference_lower is 'Lower Newcombe limit of the difference x1 / n1 - x2 / n2';
comment on macro difference_upper is 'Upper Newcombe limit of the difference x1 / n1 - x2 / n2';
