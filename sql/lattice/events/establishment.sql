-- The people whom practice educators and plans are for: only where the organisation returns them, so that both sides of a ratio cover the same.
insert into event by name
with dated as (
  select 'quarter' as grain, period_end from (select distinct period_end from snapshot) where month(period_end) in (3, 6, 9, 12)
  union all select 'year', period_end from (select distinct period_end from snapshot) where month(period_end) = 3
), stock as (
  select snapshot.*, dated.grain, 's|' || snapshot.period_end as key_period
  from snapshot join dated on dated.period_end = snapshot.period_end where side = 'support' and active
), educated as (
  select distinct period_end, organisation_code as organisation, profession::varchar as profession from establishment where practice_educator_fte is not null
), planned as (
  select distinct year_end as period_end, organisation_code as organisation, profession::varchar as profession from plan
)
select 'establishment' as family, 'headcount_with_educators' as tally, stock.grain, stock.period_end, key_period, person, stock.organisation, stock.profession,
  band, stage, sex, ethnic_group, age_band, disability, tenure_band, null as weight
from stock join educated on educated.period_end = stock.period_end and educated.organisation = stock.organisation and educated.profession = stock.profession::varchar
union all by name
select 'plan' as family, 'headcount_planned_for' as tally, stock.grain, stock.period_end, key_period, person, stock.organisation, stock.profession,
  band, stage, sex, ethnic_group, age_band, disability, tenure_band, fte as weight
from stock join planned on planned.period_end = stock.period_end and planned.organisation = stock.organisation and planned.profession = stock.profession::varchar
where stock.grain = 'year';
