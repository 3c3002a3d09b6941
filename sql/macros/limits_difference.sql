-- Difference of two independent estimates a - b from the limits of each (lower_a, upper_a; lower_b, upper_b); units of the estimates.
-- The limits need not be symmetric: for two proportions with Wilson limits this is Newcombe's method 10.
-- Source: method of variance estimates recovery, Zou and Donner 2008, https://doi.org/10.1002/sim.3095
-- Example: select limits_difference_lower(0.8, 0.6918335550, 0.6, 0.7003817240), limits_difference_upper(0.8, 0.8769526075, 0.6, 0.4904546501);  -- 0.0524314724, 0.3338726540

create or replace macro limits_difference_lower(a, lower_a, b, upper_b) as
  a::double - b::double - sqrt((a::double - lower_a::double) ^ 2 + (upper_b::double - b::double) ^ 2);

create or replace macro limits_difference_upper(a, upper_a, b, lower_b) as
  a::double - b::double + sqrt((upper_a::double - a::double) ^ 2 + (b::double - lower_b::double) ^ 2);

comment on macro limits_difference_lower is 'Lower limit of a - b from the limits of each';
comment on macro limits_difference_upper is 'Upper limit of a - b from the limits of each';
