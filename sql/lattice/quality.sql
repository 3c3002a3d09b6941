-- What a reader must know of the data, from published cells and from counts of rows; nothing here counts the people of one organisation.
create or replace table release_quality as
with latest as (select max(period_end) as period_end from release_period where grain = 'quarter'),
unknown as (
  select 'unknown_share' as section, "set" as item, level, area, protected_public.period_end,
    sum(value) filter (where a = 'unknown') / nullif(sum(value), 0) as value, sum(value) as base
  from protected_public join latest on latest.period_end = protected_public.period_end
  where grain = 'quarter' and level in ('uk', 'nation') and tally = 'headcount'
    and "set" in ('sex', 'ethnic_group', 'age_band', 'disability', 'stage', 'tenure_band')
  group by all
), months as (select count(distinct period_end) as n, max(period_end) as latest from snapshot),
coverage as (
  select 'coverage' as section, 'months reported of ' || months.n as item, 'organisation' as level, snapshot.organisation as area, max(snapshot.period_end) as period_end,
    count(distinct snapshot.period_end) / months.n as value
  from snapshot cross join months group by snapshot.organisation, months.n
)
select section, item, area, period_end, coalesce(value, 0)::double as value, 'share of people with this not recorded' as note from unknown where base >= 30
union all by name
select section, item, area, period_end, value::double as value,
  case when period_end < (select latest from months) then 'stopped reporting before the latest month' end as note
from coverage
union all by name
select 'staleness' as section, 'latest month' as item, nation as area, max(period_end) as period_end, datediff('month', max(period_end), (select latest from months))::double as value,
  'months behind the latest' as note
from snapshot group by nation
union all by name
select 'rejects' as section, reason as item, null as area, null::date as period_end, count(*)::double as value, 'rows quarantined' as note from quarantine group by reason
union all by name
select 'miscoding' as section, 'occupation code in no list' as item, null as area, null::date as period_end,
  coalesce(avg((kind = 'unknown')::integer), 0)::double as value, 'share of posts' as note from post
union all by name
select 'miscoding' as section, 'support code at band 6 or above' as item, null as area, null::date as period_end,
  coalesce(avg((band_rank >= 5)::integer) filter (where kind = 'support' and definition in ('core', 'standard')), 0)::double as value, 'share of support posts' as note from post
union all by name
select 'ledger' as section, 'organisations and periods out of balance' as item, null as area, null::date as period_end,
  (select count(*) from imbalance)::double as value, 'start + in − out = end, heads and FTE' as note;
