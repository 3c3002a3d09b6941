-- By which methods the vacancies of each area were counted in each period: counts of different methods are not added up.
create or replace table release_vacancy_method as
with dated as (
  select 'month' as grain, period_end from (select distinct period_end from snapshot)
  union all select 'quarter', period_end from (select distinct period_end from snapshot) where month(period_end) in (3, 6, 9, 12)
  union all select 'year', period_end from (select distinct period_end from snapshot) where month(period_end) = 3
), placed as (
  select period_end, vacancy_method::varchar as code, unnest([
    {level: 'uk', area: 'uk'}, {level: 'nation', area: organisation.nation}, {level: 'region', area: organisation.region},
    {level: 'system', area: organisation.system}, {level: 'organisation', area: organisation.code}
  ]) as place
  from establishment join organisation on organisation.code = establishment.organisation_code where vacant_fte is not null
)
select distinct grain, place.level as level, place.area as area, period_end, code, vacancy_method.label, vacancy_method.meaning
from placed join dated using (period_end) join vacancy_method using (code) where place.area is not null;
