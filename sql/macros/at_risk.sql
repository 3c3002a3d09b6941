-- Who is at risk when: for every stratum and every exit time of any stratum, people at risk, events and censored.
-- In: one row per person with columns exit (time), event (true or 1 = happened, false or 0 = censored), optional entry (late entrants:
-- at risk from just after it) and stratum. Times are numbers in one unit. Records that enter at or after they exit are left out.
-- Source: Klein and Moeschberger 2003, 4.6 (left truncation)
-- Example: from risk_table('people');

create or replace macro risk_table(records) as table
with given as (
  select * from query_table(records) union all by name (select null::varchar as stratum, null::double as entry where false)
),
people as (
  select coalesce(stratum::varchar, 'all') as stratum, coalesce(entry::double, '-infinity'::double) as entry,
    exit::double as exit, event::integer <> 0 as event
  from given where exit is not null and event is not null and coalesce(entry::double, '-infinity'::double) < exit::double
),
grid as (
  select stratum, time, 0 as entered, 0 as events, 0 as censored
  from (select distinct stratum from people), (select distinct exit as time from people)
),
moves as (
  select stratum, entry as time, 1 as entered, 0 as events, 0 as censored from people
  union all select stratum, exit, 0, event::integer, (not event)::integer from people
  union all from grid
),
summed as (
  select stratum, time, sum(entered) as entered, sum(events) as events, sum(censored) as censored from moves group by stratum, time
)
select stratum, time,
  coalesce(sum(entered - events - censored) over (partition by stratum order by time rows between unbounded preceding and 1 preceding), 0)::bigint as at_risk,
  events::bigint as events, censored::bigint as censored
from summed qualify (stratum, time) in (select (stratum, time) from grid) order by stratum, time;

comment on macro table risk_table is 'People at risk, events and censored at every exit time of any stratum';
