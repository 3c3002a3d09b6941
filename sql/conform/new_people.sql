-- Organisations hardly any of whose people are seen again, anywhere, in the next month that they report, and hardly any of whose people then were seen
-- before: fewer than one in five of ten or more at both ends. People do not change so; pseudonyms that were drawn anew do.
create or replace table new_people as
with step as (
  select organisation_now, lag(period_end) over (partition by organisation_now order by period_end) as opening, period_end as closing
  from (select distinct organisation_now, period_end from snapshot)
  qualify opening >= closing - interval 13 month
), seen as (
  select step.*, snapshot.period_end = opening as before, snapshot.person, if(snapshot.period_end = opening, closing, opening) as other
  from step join snapshot on snapshot.organisation_now = step.organisation_now and snapshot.period_end in (opening, closing)
)
select seen.organisation_now::varchar as organisation, opening, closing,
  count(*) filter (where before)::integer as people_before, count(*) filter (where not before)::integer as people_after
from seen left join snapshot as again on again.person = seen.person and again.period_end = seen.other
group by all
having people_before >= 10 and people_after >= 10
  and 5 * count(again.person) filter (where before) < people_before and 5 * count(again.person) filter (where not before) < people_after;
