-- Leavings one by one, in the month that they fall in: people who came and went within a quarter or a year are among them, whom two snapshots of its ends do
-- not hold. Early: less than 12 months from the start with this employer to the leaving date, which is the recorded one, else the middle of the month; without
-- a recorded start, from the month the person was first seen there, if that is not the first month of all. Where snapshots come by the quarter, leavings do.
insert into event by name
with recorded as (
  select person.person, organisation_code, max(leaving_date) as leaving_date, last_day(leaving_date) as month
  from retention join person on person.person_id = retention.person_id group by person.person, organisation_code, month
), seen as (
  select person, organisation_now, nullif(min(period_end), (select min(period_end) from snapshot)) as first_seen from snapshot group by all
), gone as (
  select ledger.*, coalesce(recorded.leaving_date, opening + ((closing - opening) // 2)::integer) as left_on,
    coalesce(start_date, date_trunc('month', seen.first_seen)::date) as began
  from ledger
  left join seen on seen.person = ledger.person and seen.organisation_now = start_organisation_now
  left join recorded on recorded.person = ledger.person and recorded.organisation_code = start_organisation::varchar
    and recorded.leaving_date >= opening and recorded.leaving_date <= closing
  where left_organisation
  qualify row_number() over (partition by grain, closing, ledger.person order by recorded.leaving_date desc nulls last) = 1
), told as (
  select pair.grain as wide, pair.opening as opened, pair.closing as closed, gone.*
  from pair join gone on gone.grain = 'month' and gone.closing > pair.opening and gone.closing <= pair.closing
  union all
  select pair.grain, pair.opening, pair.closing, gone.*
  from pair join gone on gone.grain = pair.grain and gone.closing = pair.closing and pair.grain <> 'month'
  anti join gone as month on month.grain = 'month' and month.person = gone.person and month.closing > pair.opening and month.closing <= pair.closing
), once as (
  select * from told qualify row_number() over (partition by wide, closed, person, start_organisation order by closing desc) = 1
)
select 'movement' as family, wide as grain, closed as period_end, 'f|' || opened || '|' || closed as key_period, person, start_organisation as organisation,
  start_profession as profession, start_band as band, start_stage as stage, start_sex as sex, start_ethnic_group as ethnic_group, start_age_band as age_band,
  start_disability as disability, start_tenure_band as tenure_band,
  unnest(if(coalesce(left_on < began + interval 12 month, false), ['leavers_dated', 'early_leavers'], ['leavers_dated'])) as tally
from once
anti join unfollowed on unfollowed.grain = wide and unfollowed.closing = closed and unfollowed.organisation = start_organisation and unfollowed.side = 'start';
