-- Which organisations sent their staff, month by month: a row for each month of its nation from its first one on. Without a row that it is no more, it is
-- silent in a month of which it sent nothing, and how many work there is not known: no file is not an empty file. It is no more where the list of
-- organisations ends it or hands it to a successor, where most of its people are seen elsewhere, or where it had one or two people, who may have left.
create or replace table reporting as
with sent as (
  select organisation_code as organisation, nation, period_end, count(distinct person_id) as people from judged where nation is not null group by all
), month as (
  select distinct nation, period_end from sent
), first as (
  select organisation, nation, min(period_end) as period_end from sent group by all
), grid as (
  select first.organisation, first.nation, month.period_end from first join month on month.nation = first.nation and month.period_end >= first.period_end
), told as (
  select grid.organisation, grid.nation, grid.period_end, sent.people is not null as received,
    max(case when sent.people is not null then grid.period_end end) over known as last_month, last_value(sent.people ignore nulls) over known as last_people
  from grid left join sent on sent.organisation = grid.organisation and sent.period_end = grid.period_end
  window known as (partition by grid.organisation order by grid.period_end)
), elsewhere as (
  select silent.organisation, silent.period_end, count(distinct person_id) as people
  from (from told where not received) as silent
  join workforce as last on last.organisation_code = silent.organisation and last.period_end = silent.last_month
  semi join workforce as other on other.person_id = last.person_id and other.period_end = silent.period_end
  group by all
)
select told.organisation::area_t as organisation, told.nation::area_t as nation, told.period_end, received, last_month, last_people
from told
left join elsewhere on elsewhere.organisation = told.organisation and elsewhere.period_end = told.period_end
left join organisation on organisation.code = told.organisation
anti join succession on succession.old_code = told.organisation and succession.new_code <> told.organisation and not told.received
  and (succession.date <= told.period_end or (succession.date - interval 3 month)::date <= told.period_end)
where received or (last_people >= 3 and coalesce(organisation.valid_to >= told.period_end, true) and 2 * coalesce(elsewhere.people, 0) < last_people);
