-- Wilson score interval of a proportion x / n; limits are proportions in [0, 1].
-- z is the normal quantile of the confidence level: 1.959963984540054 (95%, default) or 3.090232306167813 (99.8%).
-- x may be fractional and is held within 0..n; n = 0 or a missing argument gives NULL.
-- Source: Wilson 1927; https://fingertips.phe.org.uk/documents/APHO%20Tech%20Briefing%203%20Common%20PH%20Stats%20and%20CIs.pdf
-- Example: select wilson_lower(65, 100), wilson_upper(65, 100);  -- 0.5525444330, 0.7363575176

create or replace macro wilson_lower(x, n, z := 1.959963984540054) as
  case when n > 0 and x is not null then greatest(0.0::double, (
    2 * least(greatest(x::double, 0), n::double) + z::double ^ 2
    - z::double * sqrt(z::double ^ 2 + 4 * least(greatest(x::double, 0), n::double)
        * (1 - least(greatest(x::double, 0), n::double) / n::double))
  ) / (2 * (n::double + z::double ^ 2))) end;

create or replace macro wilson_upper(x, n, z := 1.959963984540054) as
  case when n > 0 and x is not null then least(1.0::double, (
    2 * least(greatest(x::double, 0), n::double) + z::double ^ 2
    + z::double * sqrt(z::double ^ 2 + 4 * least(greatest(x::double, 0), n::double)
        * (1 - least(greatest(x::double, 0), n::double) / n::double))
  ) / (2 * (n::double + z::double ^ 2))) end;

comment on macro wilson_lower is 'Lower Wilson limit of the proportion x / n, in [0, 1]';
comment on macro wilson_upper is 'Upper Wilson limit of the proportion x / n, in [0, 1]';
