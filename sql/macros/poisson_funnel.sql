-- Funnel of counts: limits of the count around what is expected, by inverting the Poisson limits of poisson.sql (bisection). Events.
-- Divide by the denominator for a rate or by the expected count for a ratio. v = noise variance of the published count: the distance from
-- the expected count grows by sqrt(1 + v / expected). funnel_poisson_signal tells where one count stands, without noise.
-- Source: Spiegelhalter 2005 https://doi.org/10.1002/sim.1970 ; Dover and Schopflocher 2011 https://doi.org/10.1186/1471-2288-11-15
-- Example: select funnel_poisson_lower(40), funnel_poisson_upper(40), funnel_poisson_signal(65, 40);  -- 27.603, 53.349, high

create or replace macro funnel_poisson_signal(x, expected, z := 1.959963984540054) as
  case when x is null or expected is null then null when expected < poisson_lower(x, z) then 'high'
    when expected > poisson_upper(x, z) then 'low' else 'within' end;

create or replace macro funnel_poisson_exact_lower(expected, z) as
  list_reduce(list_transform(range(1, 60), lambda _k: expected::double / 2::double ^ _k), lambda _reached, _step:
    case when byar_upper(_reached + _step, z) <= expected then _reached + _step else _reached end, 0.0::double);

create or replace macro funnel_poisson_exact_upper(expected, z) as
  list_reduce(list_transform(range(1, 60), lambda _k:
      (10 + 3 * z::double ^ 2 + 3 * z::double * sqrt(greatest(expected::double, 0))) / 2::double ^ _k), lambda _reached, _step:
    case when byar_lower(_reached + _step, z) <= expected then _reached + _step else _reached end, expected::double);

create or replace macro funnel_poisson_lower(expected, v := 0, z := 1.959963984540054) as
  case when expected > 0 and z > 0 then greatest(0.0::double, expected::double
    - (expected::double - funnel_poisson_exact_lower(expected, z)) * sqrt(1 + greatest(v::double, 0) / expected::double)) end;

create or replace macro funnel_poisson_upper(expected, v := 0, z := 1.959963984540054) as
  case when expected > 0 and z > 0 then expected::double
    + (funnel_poisson_exact_upper(expected, z) - expected::double) * sqrt(1 + greatest(v::double, 0) / expected::double) end;

comment on macro funnel_poisson_signal is 'Where a count stands against the expected count: high, low or within the Poisson limits';
comment on macro funnel_poisson_exact_lower is 'Largest count whose upper limit is at most the expected count';
comment on macro funnel_poisson_exact_upper is 'Smallest count whose lower limit is at least the expected count';
comment on macro funnel_poisson_lower is 'Lower funnel limit of a count around the expected count';
comment on macro funnel_poisson_upper is 'Upper funnel limit of a count around the expected count';
