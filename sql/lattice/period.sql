-- The periods of the protected cells, by grain; flows is false where no earlier snapshot exists to compare with.
create or replace table release_period as
with dated as (
  select 'month' as grain, period_end, 1 as months from (select distinct period_end from snapshot)
  union all select 'quarter', period_end, 3 from quarter_end
  union all select 'year', period_end, 12 from (select distinct period_end from snapshot) where month(period_end) = 3
)
select dated.grain, dated.period_end, false as provisional, (date_trunc('month', dated.period_end) - to_months(months - 1))::date as period_start,
  case dated.grain
    when 'month' then strftime(dated.period_end, '%B %Y')
    when 'quarter' then strftime(date_trunc('month', dated.period_end) - interval 2 month, '%B') || ' to ' || strftime(dated.period_end, '%B %Y')
    else (year(dated.period_end) - 1) || '/' || right(year(dated.period_end)::varchar, 2)
  end as label,
  pair.closing is not null as flows
from dated left join pair on pair.grain = dated.grain and pair.closing = dated.period_end;
