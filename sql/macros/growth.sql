-- Change between two counts. growth: fraction of the earlier count; annual_growth: compound rate per year;
-- index_number: 100 at the base period. Limits of growth carry only the noise of the two published counts (variance v each):
-- the counts are a census, so there is no sampling error. NULL when the earlier count is 0.
-- Source: delta method on the logarithm of the ratio.
-- Example: select growth(400, 460), index_number(400, 460), growth_lower(400, 460, 6.25);  -- 0.15, 115, 0.1315

create or replace macro growth(earlier, later) as later::double / nullif(earlier::double, 0) - 1;

create or replace macro index_number(base, later) as 100 * later::double / nullif(base::double, 0);

create or replace macro annual_growth(earlier, later, years) as
  case when earlier > 0 and later >= 0 and years > 0 then (later::double / earlier::double) ^ (1 / years::double) - 1 end;

create or replace macro growth_lower(earlier, later, v, z := 1.959963984540054) as
  case when earlier > 0 and later > 0 and v >= 0 then later::double / earlier::double
    * exp(-z::double * sqrt(greatest(v::double, 0) * (1 / earlier::double ^ 2 + 1 / later::double ^ 2))) - 1 end;

create or replace macro growth_upper(earlier, later, v, z := 1.959963984540054) as
  case when earlier > 0 and later > 0 and v >= 0 then later::double / earlier::double
    * exp(z::double * sqrt(greatest(v::double, 0) * (1 / earlier::double ^ 2 + 1 / later::double ^ 2))) - 1 end;

comment on macro growth is 'Change as a fraction of the earlier count';
comment on macro index_number is 'Later count as an index, base = 100';
comment on macro annual_growth is 'Compound growth per year, a fraction';
comment on macro growth_lower is 'Lower limit of growth from the noise of the two counts';
comment on macro growth_upper is 'Upper limit of growth from the noise of the two counts';
