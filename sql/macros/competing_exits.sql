-- Cumulative incidence of competing exits (promoted, registered, left): the share that has left this way by each time.
-- Never 1 - Kaplan-Meier per cause: that overstates each. The incidences of all causes and overall survival add up to 1.
-- cumulative_incidence works on counts: columns time, at_risk, cause, events, optional stratum. aalen_johansen works on one row per
-- person: columns exit, cause (NULL = censored), optional entry and stratum; one row per stratum, time and cause.
-- Source: Aalen and Johansen 1978; https://cran.r-project.org/web/packages/survival/vignettes/compete.pdf
-- Example: from aalen_johansen('people') where cause = 'promoted';

create or replace macro cumulative_incidence(counts) as table
with given as (
  select * from query_table(counts) union all by name (select null::varchar as stratum where false)
),
causes as (
  select coalesce(stratum::varchar, 'all') as stratum, time, at_risk::double as at_risk, cause::varchar as cause,
    greatest(events::double, 0) as events
  from given where at_risk > 0
  -- `greatest` skips what is null: after a count that is not known there is no curve.
  qualify bool_and(given.events is not null) over (partition by coalesce(stratum::varchar, 'all') order by time)
),
totals as (
  select stratum, time, least(sum(events), any_value(at_risk)) as gone, sum(events) as listed, any_value(at_risk) as at_risk
  from causes group by stratum, time
),
survived as (
  select *, product(1 - gone / at_risk) over (partition by stratum order by time) as survival,
    coalesce(product(1 - gone / at_risk) over (partition by stratum order by time rows between unbounded preceding and 1 preceding), 1) as before
  from totals
)
select stratum, time, cause, at_risk, events,
  sum(before * events * coalesce(gone / nullif(listed, 0), 0) / at_risk) over (partition by stratum, cause order by time) as incidence, survival
from survived join (select stratum, time, cause, events from causes) using (stratum, time)
where cause is not null
order by stratum, cause, time;

create or replace macro aalen_johansen(records) as table
with given as (
  select * from query_table(records) union all by name (select null::varchar as stratum, null::double as entry where false)
),
people as (
  select coalesce(stratum::varchar, 'all') as stratum, entry::double as entry, exit::double as exit, cause::varchar as cause, cause is not null as event
  from given where exit is not null
),
risk as (from risk_table('people')),
kinds as (select distinct stratum, cause from people where cause is not null),
happened as (select stratum, exit as time, cause, count(*) as events from people where coalesce(entry < exit, true) group by all),
by_cause as (
  select stratum, time, at_risk, cause, coalesce(happened.events, 0) as events
  from risk join kinds using (stratum) left join happened using (stratum, time, cause)
  where risk.events > 0
)
from cumulative_incidence('by_cause');

comment on macro table cumulative_incidence is 'Cumulative incidence from counts: columns time, at_risk, cause, events, optional stratum';
comment on macro table aalen_johansen is 'Cumulative incidence of competing exits: columns exit, cause, optional entry, stratum, one row per person';
