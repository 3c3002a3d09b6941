-- Rows of staff that were quarantined, of the organisation and the nation that each is of; where a row does not say, or says one that no list has, of the place that
-- its file is of: one organisation, one nation, or the United Kingdom. Rows that somebody left out on purpose are none.
create or replace temp table quarantined as
with taken as (
  select source_file, coalesce(lineage.latest, organisation_code) as organisation, nation::varchar as nation, month_number(period_end) as month, count(*) as n
  from judged left join lineage on lineage.code = judged.organisation_code group by all
), file as (
  select source_file, if(count(distinct organisation) = 1, any_value(organisation), null) as organisation, if(count(distinct nation) = 1, any_value(nation), null) as nation, mode(month) as month
  from taken group by source_file
), refused as (
  select source_file, line, any_value(quarantine.organisation) as organisation, any_value(period_end) as period_end
  from quarantine where reason not like 'is left out%' group by source_file, line
), bad as (
  select coalesce(listed.code, file.organisation) as organisation, coalesce(listed.nation, file.nation) as nation,
    if(refused.period_end = last_day(refused.period_end), month_number(refused.period_end), file.month) as month, count(*) as n
  from refused join file on file.source_file = refused.source_file left join lineage on lineage.code = refused.organisation
  left join (select code, any_value(nation)::varchar as nation from organisation group by code) as listed on listed.code = coalesce(lineage.latest, refused.organisation)
  group by all
), sent as (
  select organisation, nation, month, n as rows, 0 as bad from taken union all select organisation, nation, month, n, n from bad
), placed as (
  select 'organisation' as level, organisation as area, month, sum(rows)::integer as rows, sum(bad)::integer as bad from sent where organisation is not null group by all
  union all select 'nation', nation, month, sum(rows)::integer, sum(bad)::integer from sent where nation is not null group by all
  union all select 'uk', 'uk', month, sum(rows)::integer, sum(if(nation is null, bad, 0))::integer from sent group by all
)
select *, greatest(0, bad - coalesce(round(rows * median(bad / rows) over (partition by level, area order by month range between 12 preceding and 1 preceding)), 0))::integer as more
from placed;
