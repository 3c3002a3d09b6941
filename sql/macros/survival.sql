-- Kaplan-Meier with delayed entry from one row per person. For open, exact data only: published curves come from counts (life_table).
-- In: columns exit, event, optional entry and stratum as in risk_table. Out: see life_table, which also explains scale.
-- survival_summary: the median (first time with S <= 0.5, NULL when not reached), its limits, and the restricted mean
-- (area under the curve to tau, NULL when not observed that long), in the unit of the times.
-- Source: Kaplan and Meier 1958; Brookmeyer and Crowley 1982 (limits of the median); equals R survival::survfit
-- Example: from kaplan_meier('people');  from survival_summary('people', 365);

create or replace macro kaplan_meier(records, scale := 'log_log', z := 1.959963984540054) as table
with own_times as (select * from risk_table(records) where events + censored > 0)
from life_table('own_times', scale := scale, z := z);

create or replace macro survival_summary(records, tau, scale := 'log_log', z := 1.959963984540054) as table
with curve as (select * from kaplan_meier(records, scale := scale, z := z)),
steps as (
  select *, lag(time, 1, 0) over (partition by stratum order by time) as since,
    lag(survival, 1, 1) over (partition by stratum order by time) as held
  from curve
)
select stratum, sum(events)::bigint as events,
  min(time) filter (survival <= 0.5) as median,
  min(time) filter (lower <= 0.5) as median_lower,
  min(time) filter (upper <= 0.5) as median_upper,
  case when max(time) >= tau or min(survival) = 0 then
    sum(held * greatest(0, least(time, tau) - since)) end as restricted_mean
from steps group by stratum order by stratum;

comment on macro table kaplan_meier is 'Kaplan-Meier with delayed entry: columns exit, event, optional entry, stratum in; survival with limits out';
comment on macro table survival_summary is 'Median survival with limits and restricted mean to tau, per stratum';
