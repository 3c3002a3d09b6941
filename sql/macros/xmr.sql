-- XmR (individuals and moving range) chart of a series, with the four rules of NHS "Making data count".
-- Limits are mean -+ 2.66 mean moving range, near limits at two thirds of that; units of y. One row per point.
-- In: a table, view, CTE or file with columns t (order), y, and optionally series (one chart each) and phase (limits are
-- worked out afresh in each phase: rebasing). A row without y is a point that is missing: it gets no row, and no run of points reaches
-- across it; give it, or the points on both sides are taken for neighbours. Under 12 points the limits are "trial".
-- One point has no moving range, and no limits (NULL).
-- Options: improvement 'increase' | 'decrease' | 'neither'; screen := true drops moving ranges from 3.267 times their mean once
-- (NHSRplotthedots does, the Excel tool does not); baseline := k takes the limits from the first k points of a phase.
-- Out, signal, first that applies: above_limit, below_limit; trend_up, trend_down (7 points rising or falling);
-- two_of_three_above, two_of_three_below (2 of 3 near a limit, 3 on one side; the near ones are marked); shift_above, shift_below (7 on
-- one side of the mean). All members of a run are marked. A constant series has limits of zero width and no signal.
-- Monthly or quarterly rates only: rolling 12-month rates are autocorrelated and raise false signals.
-- Source: Wheeler 2000, Understanding Variation; https://github.com/nhs-r-community/NHSRplotthedots
-- Example: with monthly as (select period_end as t, rate as y from leavers) from xmr('monthly', improvement := 'decrease');

create or replace macro xmr(points, improvement := 'neither', screen := false, baseline := null) as table
with given as (
  select * from query_table(points)
  union all by name (select null::varchar as series, null::varchar as phase, null::double as y where false)
),
ordered as (
  select coalesce(series::varchar, 'all') as series, coalesce(phase::varchar, '1') as phase, t, y::double as y,
    count(y) over (partition by series, phase order by t, y nulls last rows unbounded preceding)::integer as i,
    count(*) filter (y is null) over (partition by series, phase order by t, y nulls last rows unbounded preceding) as gaps
  from given
),
moved as (
  select *, abs(y - lag(y) over (partition by series, phase order by i)) as moving_range,
    baseline is null or i <= baseline as in_baseline
  from ordered where y is not null
),
averaged as (
  select *, avg(y) filter (in_baseline) over phases as mean,
    avg(moving_range) filter (in_baseline) over phases as raw_mean_range,
    1e-12 * max(abs(y)) over phases as slack,
    count(*) filter (in_baseline) over phases < 12 as trial
  from moved window phases as (partition by series, phase)
),
ranged as (
  select *, coalesce(
    avg(moving_range) filter (in_baseline and screen and moving_range < 3.267 * raw_mean_range) over (partition by series, phase),
    raw_mean_range) as mean_range
  from averaged
),
limited as (
  select *, mean - 2.66 * mean_range as lower, mean + 2.66 * mean_range as upper,
    mean - 2.66 * mean_range * 2 / 3 as near_lower, mean + 2.66 * mean_range * 2 / 3 as near_upper,
    case when abs(y - mean) <= slack then 0 else sign(y - mean) end as side,
    sign(y - lag(y) over (partition by series, phase, gaps order by i)) as step
  from ranged
),
placed as (
  select *, coalesce(y < lower - slack or y > upper + slack, false) as outside,
    coalesce((y < near_lower - slack and y >= lower - slack) or (y > near_upper + slack and y <= upper + slack), false) as near
  from limited
),
ended as (
  select *,
    sum(step) over (phases rows between 5 preceding and current row) as trend_sum,
    sum(side) over (phases rows between 6 preceding and current row) as shift_sum,
    sum(side) over (phases rows between 2 preceding and current row) as three_sum,
    sum(near::integer) over (phases rows between 2 preceding and current row) as near_count
  from placed window phases as (partition by series, phase, gaps order by i)
),
marked as (
  select *,
    bool_or(trend_sum = 6) over (phases rows between current row and 6 following) as in_rise,
    bool_or(trend_sum = -6) over (phases rows between current row and 6 following) as in_fall,
    bool_or(shift_sum = 7) over (phases rows between current row and 6 following) as in_shift_above,
    bool_or(shift_sum = -7) over (phases rows between current row and 6 following) as in_shift_below,
    near and bool_or(three_sum = 3 and near_count >= 2) over (phases rows between current row and 2 following) as in_two_above,
    near and bool_or(three_sum = -3 and near_count >= 2) over (phases rows between current row and 2 following) as in_two_below
  from ended window phases as (partition by series, phase, gaps order by i)
),
judged as (
  select *, case
    when outside and side > 0 then 'above_limit' when outside then 'below_limit'
    when in_rise then 'trend_up' when in_fall then 'trend_down'
    when in_two_above then 'two_of_three_above' when in_two_below then 'two_of_three_below'
    when in_shift_above then 'shift_above' when in_shift_below then 'shift_below' end as signal
  from marked
)
select series, phase, i, t, y, mean, moving_range, mean_range, lower, upper, near_lower, near_upper, trial,
  side::integer as side, outside, near, signal,
  case when signal is null then 'common_cause' when improvement = 'neither' then 'special_cause'
    when (signal in ('above_limit', 'trend_up', 'two_of_three_above', 'shift_above')) = (improvement = 'increase') then 'improvement'
    else 'concern' end as variation
from judged order by series, phase, i;

comment on macro table xmr is 'XmR chart: columns t, y and optional series, phase in; mean, limits, signal and variation per point out';
