-- Four-fifths rule for a relative likelihood: is the ratio outside 0.80 to 1.25, and is that more than chance?
-- four_fifths_band gives 'below', 'within' or 'above'; four_fifths_flag is true only outside the band with an interval that excludes 1.
-- Source: NHS WRES technical guidance; 29 CFR 1607.4(D) https://www.ecfr.gov/current/title-29/section-1607.4
-- Example: select four_fifths_band(1.56), four_fifths_flag(1.56, 1.2211, 1.9929);  -- above, true

create or replace macro four_fifths_band(ratio) as
  case when ratio < 0.8 then 'below' when ratio > 1.25 then 'above' when ratio is not null then 'within' end;

create or replace macro four_fifths_flag(ratio, ratio_lower, ratio_upper) as
  (ratio < 0.8 and ratio_upper < 1) or (ratio > 1.25 and ratio_lower > 1);

comment on macro four_fifths_band is 'Where a ratio lies against the band 0.80 to 1.25: below, within, above';
comment on macro four_fifths_flag is 'True when a ratio lies outside 0.80 to 1.25 and its interval excludes 1';
