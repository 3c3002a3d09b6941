-- What counts no people and so needs no noise: funded and planned posts, practice educators, residents.
-- Funded − vacant is the staff in post to the last hundredth, so both are given to the nearest 5 FTE, practice educators to the nearest whole one.
create or replace table release_plain as
with dated as (
  select 'month' as grain, period_end from (select distinct period_end from snapshot)
  union all select 'quarter', period_end from (select distinct period_end from snapshot) where month(period_end) in (3, 6, 9, 12)
  union all select 'year', period_end from (select distinct period_end from snapshot) where month(period_end) = 3
), post as (
  select period_end, organisation_code, profession::varchar as profession, coalesce(band.code, 'other_band') as band,
    unnest([
      {tally: 'funded_fte', step: 5, fte: case when vacant_fte is not null then funded_fte end},
      {tally: 'vacant_fte', step: 5, fte: vacant_fte},
      {tally: 'practice_educator_fte', step: 1, fte: practice_educator_fte}
    ]) as told
  from establishment left join band on band.source_value = lower(establishment.band::varchar)
  union all by name
  select year_end as period_end, organisation_code, profession::varchar as profession, null as band, {tally: 'planned_fte', step: 0.1, fte: target_fte} as told from plan
), placed as (
  select post.*, unnest([
    {level: 'uk', area: 'uk'}, {level: 'nation', area: organisation.nation}, {level: 'region', area: organisation.region},
    {level: 'system', area: organisation.system}, {level: 'organisation', area: organisation.code}
  ]) as place
  from post join organisation on organisation.code = post.organisation_code where told.fte is not null
), split as (
  select period_end, place.level as level, place.area as area, told, unnest([
    {dimensions: '', code: null}, {dimensions: 'profession', code: profession}, {dimensions: 'band', code: band}
  ]) as part
  from placed where place.area is not null
), summed as (
  select part.dimensions as "set", level, area, period_end, part.code as a, told.tally as tally, round(sum(told.fte) / any_value(told.step)) * any_value(told.step) * 1000 as value
  from split where part.dimensions = '' or part.code is not null group by all
), residents as (
  select nation, population::integer as population, try_cast(valid_from as date) as valid_from, coalesce(try_cast(valid_to as date), date '2999-12-31') as valid_to
  from population
)
select "set", grain, level, area, summed.period_end, a, null as b, null as c, tally, value::integer as value
from summed join dated on dated.period_end = summed.period_end
union all by name
select '' as "set", grain, level, area, period_end, null as a, null as b, null as c, 'population' as tally, sum(population)::integer as value
from (
  select dated.grain, dated.period_end, population, unnest([{level: 'uk', area: 'uk'}, {level: 'nation', area: nation}], recursive := true)
  from dated join residents on dated.period_end between residents.valid_from and residents.valid_to where dated.grain <> 'month'
)
group by all;
