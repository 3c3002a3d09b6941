-- The geography of the release: every level of which some cell may exist.
create or replace table release_area as
with listed as (
  select 'uk' as level, 'uk' as code, 'United Kingdom' as label, 'Y Deyrnas Unedig' as label_cy, null as nation, null as region, null as system, null as kind,
    null::date as valid_from, null::date as valid_to, null as successor
  union all by name select 'nation' as level, code, label, label_cy, code as nation from nation
  union all by name select 'region' as level, code, label, label_cy, nation, code as region, valid_from, valid_to from region
  union all by name select 'system' as level, code, label, label_cy, nation, region, code as system, valid_from, valid_to from system
  union all by name
  select 'organisation' as level, organisation.code, organisation.label, organisation.nation, organisation.region, organisation.system, organisation.kind,
    organisation.valid_from, organisation.valid_to, case when not lineage.split then nullif(lineage.latest, organisation.code) end as successor
  from organisation left join lineage on lineage.code = organisation.code
  where organisation.code in (select organisation::varchar from snapshot) or organisation.code in (select area from published_row where level = 'organisation')
)
select * from listed;
