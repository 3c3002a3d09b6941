-- Consecutive snapshots: by month, by quarter (ends of March, June, September, December) and by year (ends of March).
create or replace table pair as
with snapshots as (select distinct period_end from snapshot)
select 'month' as grain, before.period_end as opening, after.period_end as closing
from snapshots as before join snapshots as after on after.period_end = last_day(before.period_end + interval 1 month)
union all
select 'quarter', before.period_end, after.period_end
from quarter_end as before join quarter_end as after on after.period_end = last_day(before.period_end + interval 3 month)
union all
select 'year', before.period_end, after.period_end
from snapshots as before join snapshots as after on after.period_end = last_day(before.period_end + interval 12 month)
where month(after.period_end) = 3;
