-- Rows of staff that were quarantined, of the place that each file is of: one organisation, one nation, or the United Kingdom. Rows that somebody left out on
-- purpose are none.
create or replace temp table quarantined as
with file as (
  select source_file, case when count(distinct organisation_code) = 1 then 'organisation' when count(distinct nation) = 1 then 'nation' else 'uk' end as level,
    case when count(distinct organisation_code) = 1 then any_value(organisation_code) when count(distinct nation) = 1 then any_value(nation) else 'uk' end as area,
    month_number(mode(period_end)) as month, count(*) as loaded
  from judged group by source_file
), bad as (
  select source_file, count(distinct line) as lines from quarantine where reason not like 'is left out%' group by source_file
), summed as (
  select level, area, month, coalesce(sum(bad.lines), 0)::integer as bad, (sum(loaded) + coalesce(sum(bad.lines), 0))::integer as rows from file left join bad using (source_file) group by level, area, month
)
select *, greatest(0, bad - coalesce(round(rows * median(bad / rows) over (partition by level, area order by month range between 12 preceding and 1 preceding)), 0))::integer as more
from summed;
