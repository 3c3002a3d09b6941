-- Limits of a Poisson count x: exact (Garwood) for 0 to 9 whole events at 95% and 99.8%, Byar's otherwise. Divide by n for a rate.
-- The constants are poissonLimits of sql/src/statistics, half chi-square quantiles; other confidence levels: use that function.
-- Source: Garwood 1936 https://doi.org/10.1093/biomet/28.3-4.437 ; the split at 10 events as in
-- https://github.com/ukhsa-collaboration/PHEindicatormethods
-- Example: select poisson_lower(7), poisson_upper(7);  -- 2.8143630515, 14.4226753617

create or replace macro poisson_lower(x, z := 1.959963984540054) as
  case
    when x between 0 and 9 and x = floor(x) and abs(z - 1.959963984540054) < 1e-9 then list_extract([
      0, 0.02531780798428987, 0.24220927854396507, 0.6186721228956018, 1.089865373626325,
      1.62348639011842, 2.2018942534908525, 2.8143630515198677, 3.453832176748504, 4.115373097378335]::double[], x::integer + 1)
    when x between 0 and 9 and x = floor(x) and abs(z - 3.090232306167813) < 1e-9 then list_extract([
      0, 0.0010005003335835337, 0.04540201776948956, 0.19053337756840333, 0.4285524136284231,
      0.7393717319178323, 1.10710466025564, 1.52033626039881, 1.9708139217403673, 2.452424404363776]::double[], x::integer + 1)
    else byar_lower(x, z) end;

create or replace macro poisson_upper(x, z := 1.959963984540054) as
  case
    when x between 0 and 9 and x = floor(x) and abs(z - 1.959963984540054) < 1e-9 then list_extract([
      3.688879454113934, 5.571643390938895, 7.2246876677239555, 8.767273069742323, 10.241588675403694,
      11.66833207932266, 13.059474022518678, 14.422675361702368, 15.763189220193304, 17.084803451419155]::double[], x::integer + 1)
    when x between 0 and 9 and x = floor(x) and abs(z - 3.090232306167813) < 1e-9 then list_extract([
      6.907755278982082, 9.233413476451524, 11.228872242412596, 13.062240779187999, 14.794149222537136,
      16.454745203680027, 18.061636840198986, 19.626177395384147, 21.15619816583989, 22.657373309062834]::double[], x::integer + 1)
    else byar_upper(x, z) end;

comment on macro poisson_lower is 'Lower limit of a Poisson count, exact under 10 events';
comment on macro poisson_upper is 'Upper limit of a Poisson count, exact under 10 events';
