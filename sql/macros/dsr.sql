-- Directly standardised rate with Dobson limits; multiplier people in the unit (100000 by default).
-- dsr = sum(w x / n) / sum(w); var = sum(w^2 x / n^2) / sum(w)^2; limits dsr + sqrt(var / O) (Byar(O) - O), O = sum x.
-- v is the variance of the protection of one count: it adds sum(w^2 v (1 + (x / n)^2) / n^2) / sum(w)^2 to var.
-- Under 10 events, or with an empty stratum (n = 0, w > 0), the rate is NULL: nothing is dropped silently.
-- Source: Dobson et al. 1991 https://doi.org/10.1002/sim.4780100317 ; https://github.com/ukhsa-collaboration/PHEindicatormethods
-- In: columns area (optional), x events, n people, w standard population, one row per stratum.
-- Example: from dsr('strata');

create or replace macro dsr(strata, multiplier := 100000, z := 1.959963984540054, v := 0) as table
with given as (
  select * from query_table(strata) union all by name (select null::varchar as area where false)
),
summed as (
  select area, sum(x)::double as events, sum(n)::double as people,
    bool_or(w > 0 and coalesce(n, 0) <= 0) or bool_or(x is null) as incomplete,
    sum(w::double * x / nullif(n, 0)) / nullif(sum(w), 0) as rate,
    sum(w::double ^ 2 * (x + v * (1 + (x / nullif(n, 0)) ^ 2)) / nullif(n, 0) ^ 2) / nullif(sum(w::double), 0) ^ 2 as variance
  from given group by area
),
shown as (select *, events >= 10 and not incomplete as enough from summed)
select area, events, people,
  case when enough then multiplier * rate end as rate,
  case when enough then multiplier * sqrt(variance) end as standard_error,
  case when enough then multiplier * (rate + sqrt(variance / events) * (byar_lower(events, z) - events)) end as lower,
  case when enough then multiplier * (rate + sqrt(variance / events) * (byar_upper(events, z) - events)) end as upper
from shown order by area;

comment on macro table dsr is 'Directly standardised rate: columns area (optional), x, n, w in; rate, standard error and Dobson limits per multiplier people out';
