-- Survival from counts at risk: S = product(1 - events / at_risk), Greenwood standard error, limits in [0, 1]. One row per stratum and time.
-- In: columns time, at_risk, events and optional stratum. Counts may be published (perturbed): v is their noise variance, events are held
-- within 0..at_risk so S never rises. The curve stops before the first time with at_risk < minimum_at_risk (10 for anything published), or where a count is not known.
-- scale: 'log_log' (default, stays in [0, 1]), 'log' or 'plain'. At S = 0 or 1 there is no log-log interval: limits are NULL.
-- Source: Kaplan and Meier 1958; Kalbfleisch and Prentice 2002, 1.4; equals R survival::survfit
-- Example: from life_table('retention', minimum_at_risk := 10, v := 6.25);

create or replace macro life_table(counts, minimum_at_risk := 1, v := 0, scale := 'log_log', z := 1.959963984540054) as table
with given as (
  select * from query_table(counts) union all by name (select null::varchar as stratum, null::bigint as censored where false)
),
ordered as (
  select coalesce(stratum::varchar, 'all') as stratum, time, at_risk::double as at_risk,
    least(greatest(events::double, 0), at_risk::double) as events, censored,
    min(case when events is null then 0 else coalesce(at_risk, 0) end) over (partition by stratum order by time) as fewest
  from given
),
kept as (select * from ordered where fewest >= greatest(minimum_at_risk, 1)),
multiplied as (
  select *, product(1 - events / at_risk) over so_far as survival,
    sum(case when events < at_risk then events / (at_risk * (at_risk - events))
      + v::double * (1 + (events / at_risk) ^ 2) / (at_risk - events) ^ 2 end) over so_far as greenwood
  from kept window so_far as (partition by stratum order by time)
),
spread as (
  select stratum, time, at_risk, events, censored, survival,
    case when survival > 0 then greenwood end as greenwood,
    case when survival > 0 then z::double * sqrt(greenwood) end as reach
  from multiplied
)
select stratum, time, at_risk, events, censored, survival, survival * sqrt(greenwood) as standard_error,
  case when reach is null then null
    when scale = 'plain' then greatest(0, survival - reach * survival)
    when scale = 'log' then survival * exp(-reach)
    when survival < 1 then survival ^ exp(-reach / ln(survival)) end as lower,
  case when reach is null then null
    when scale = 'plain' then least(1, survival + reach * survival)
    when scale = 'log' then least(1, survival * exp(reach))
    when survival < 1 then survival ^ exp(reach / ln(survival)) end as upper
from spread order by stratum, time;

comment on macro table life_table is 'Survival curve from counts: columns time, at_risk, events, optional stratum in; survival with limits out';
