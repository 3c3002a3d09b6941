-- Log-rank test that strata have the same survival, from counts at risk at common times. One row per stratum.
-- In: columns stratum, time, at_risk, events (of risk_table or of published counts; each time must list every stratum that is at risk).
-- Out: observed and expected events, the row of the covariance matrix (strata in order), and chi_square for two strata (1 df).
-- More than two strata and the p-value: logRankTest in TypeScript. chi_square is NULL when nothing varies.
-- Source: Mantel 1966; Klein and Moeschberger 2003, 7.3; equals R survival::survdiff
-- Example: with risk as (from risk_table('people')) from logrank('risk');

create or replace macro logrank(counts) as table
with given as (
  select stratum::varchar as stratum, time, at_risk::double as at_risk, events::double as events from query_table(counts)
),
pooled as (
  select *, sum(at_risk) over (partition by time) as n, sum(events) over (partition by time) as d from given
),
totals as (
  select stratum, sum(events) as observed, sum(d * at_risk / nullif(n, 0)) as expected from pooled group by stratum
),
shared as (
  select a.stratum, b.stratum as other,
    sum(case when a.n > 1 then a.d * (a.n - a.d) / (a.n - 1) * ((a.stratum = b.stratum)::integer * a.at_risk / a.n - a.at_risk * b.at_risk / a.n ^ 2)
      else 0 end) as covariance
  from pooled a join pooled b using (time) group by a.stratum, b.stratum
),
matrix as (select stratum, list(covariance order by other) as covariance from shared group by stratum)
select stratum, observed, expected, covariance,
  case when count(*) over () = 2 then
    (observed - expected) ^ 2 / nullif(greatest(list_max(covariance), 0), 0) end as chi_square
from totals join matrix using (stratum) order by stratum;

comment on macro table logrank is 'Log-rank test from counts at risk: columns stratum, time, at_risk, events in; observed, expected, covariance, chi_square out';
