-- Who was away from AHP support and came back within twelve months: the last snapshot before and the first one after.
create or replace table comeback as
select person, last_seen, period_end as back
from (
  select person, period_end, lag(period_end) over (partition by person order by period_end) as last_seen from snapshot where active and side = 'support'
)
where period_end > last_day(last_seen + interval 1 month) and period_end <= last_day(last_seen + interval 12 month);
