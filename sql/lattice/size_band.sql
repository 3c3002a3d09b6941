-- How large an organisation is: the band of its latest published headcount. From the cells of the public, so that every audience sees the
-- same band and it tells no more than the count does. small: under 50 people, medium: 50 to 149, large: 150 or more.
create or replace table release_area as
with latest as (
  select area::varchar as code, arg_max(value, period_end) as people
  from protected_public where "set" = '' and grain = 'quarter' and level = 'organisation' and tally = 'headcount' and value is not null
  group by area
)
select release_area.*, case when people < 50 then 'small' when people < 150 then 'medium' when people >= 150 then 'large' end as size_band
from release_area left join latest on release_area.level = 'organisation' and latest.code = release_area.code;
