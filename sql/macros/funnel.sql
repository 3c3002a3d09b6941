-- Funnel limits of a proportion around the pooled p0 = sum x / sum n, in [0, 1]; v = noise variance of each published count.
-- Plain: p0 -+ z sqrt(p0 (1 - p0) / n + v (1 + p0^2) / n^2). Over-dispersed: the same on the arcsine scale with the
-- between-organisation variance tau2 (z-scores winsorised at the 10% and 90% type-7 quantiles). tau2 needs 10 organisations.
-- Source: Spiegelhalter 2005 https://doi.org/10.1002/sim.1970 ; https://github.com/chrismainey/FunnelPlotR
-- In: a table, view, CTE or file with columns organisation, x, n.
-- Example: from funnel('leavers');

create or replace macro funnel_variance(p0, n, v) as
  case when n > 0 and p0 between 0 and 1 then
    p0::double * (1 - p0::double) / n::double + greatest(v::double, 0) * (1 + p0::double ^ 2) / n::double ^ 2 end;

create or replace macro funnel_lower(p0, n, v := 0, z := 1.959963984540054) as
  case when n > 0 and p0 between 0 and 1 then
    greatest(0.0::double, p0::double - z::double * sqrt(funnel_variance(p0, n, v))) end;

create or replace macro funnel_upper(p0, n, v := 0, z := 1.959963984540054) as
  case when n > 0 and p0 between 0 and 1 then
    least(1.0::double, p0::double + z::double * sqrt(funnel_variance(p0, n, v))) end;

create or replace macro funnel_angle_variance(p0, n, v) as
  case when p0 > 0 and p0 < 1 then funnel_variance(p0, n, v) / (4 * p0::double * (1 - p0::double)) end;

create or replace macro funnel_overdispersed_lower(p0, n, tau2, v := 0, z := 1.959963984540054) as
  case when p0 > 0 and p0 < 1 and n > 0 and tau2 >= 0 then
    sin(least(pi() / 2, greatest(0.0::double,
      asin(sqrt(p0::double)) - z::double * sqrt(funnel_angle_variance(p0, n, v) + tau2::double)))) ^ 2 end;

create or replace macro funnel_overdispersed_upper(p0, n, tau2, v := 0, z := 1.959963984540054) as
  case when p0 > 0 and p0 < 1 and n > 0 and tau2 >= 0 then
    sin(least(pi() / 2, greatest(0.0::double,
      asin(sqrt(p0::double)) + z::double * sqrt(funnel_angle_variance(p0, n, v) + tau2::double)))) ^ 2 end;

create or replace macro funnel(proportions, v := 0) as table
with organisations as (
  select organisation, least(greatest(x::double, 0), n::double) as x, n::double as n
  from query_table(proportions) where n > 0 and x is not null
),
pooled as (select *, sum(x) over () / sum(n) over () as p0, count(*) over () as organisation_count from organisations),
scored as (
  select *, funnel_angle_variance(p0, n, v) as s2,
    (asin(sqrt(x / n)) - asin(sqrt(p0))) / sqrt(funnel_angle_variance(p0, n, v)) as score
  from pooled
),
edges as (select quantile_cont(score, 0.1) as low, quantile_cont(score, 0.9) as high from scored),
dispersion as (
  select avg(least(greatest(score, low), high) ^ 2) as phi,
    case when count(score) > 1 then greatest(0, (count(score) * avg(least(greatest(score, low), high) ^ 2) - (count(score) - 1))
      / (sum(1 / s2) - sum(1 / s2 ^ 2) / sum(1 / s2))) end as tau2
  from scored, edges
)
select organisation, x, n, x / n as proportion, p0, organisation_count, organisation_count >= 10 as enough_organisations,
  score, phi, tau2,
  funnel_lower(p0, n, v) as lower_95, funnel_upper(p0, n, v) as upper_95,
  funnel_lower(p0, n, v, 3.090232306167813) as lower_998, funnel_upper(p0, n, v, 3.090232306167813) as upper_998,
  funnel_overdispersed_lower(p0, n, tau2, v) as overdispersed_lower_95,
  funnel_overdispersed_upper(p0, n, tau2, v) as overdispersed_upper_95,
  funnel_overdispersed_lower(p0, n, tau2, v, 3.090232306167813) as overdispersed_lower_998,
  funnel_overdispersed_upper(p0, n, tau2, v, 3.090232306167813) as overdispersed_upper_998
from scored, dispersion
order by n, organisation;

comment on macro funnel_variance is 'Variance of a proportion at n people around p0, with noise variance v of each count';
comment on macro funnel_lower is 'Lower binomial funnel limit at n people';
comment on macro funnel_upper is 'Upper binomial funnel limit at n people';
comment on macro funnel_angle_variance is 'funnel_variance on the arcsine square root scale';
comment on macro funnel_overdispersed_lower is 'Lower over-dispersed funnel limit at n people';
comment on macro funnel_overdispersed_upper is 'Upper over-dispersed funnel limit at n people';
comment on macro table funnel is 'Funnel of proportions: columns organisation, x, n in; pooled value, phi, tau2 and both pairs of limits out';
