insert into event by name
with dated as (
  select 'month' as grain, period_end from (select distinct period_end from snapshot)
  union all select 'quarter', period_end from quarter_end
  union all select 'year', period_end from (select distinct period_end from snapshot) where month(period_end) = 3
), stock as (
  select snapshot.*, dated.grain, 's|' || snapshot.period_end as key_period, side = 'support' and active as here
  from snapshot join dated on dated.period_end = snapshot.period_end
)
select 'stock' as family, grain, period_end, key_period, person, organisation, profession, band, stage, sex, ethnic_group, age_band, disability,
  tenure_band, 'headcount' as tally, fte as weight
from stock where here
union all by name
select 'context' as family, grain, period_end, key_period, person, organisation, profession, band, stage, sex, ethnic_group, age_band, disability,
  tenure_band, tally, case when tally = 'registered' then fte end as weight
from (
  select *, unnest(list_filter([
    case when here and core then 'headcount_core' end,
    case when active and broad then 'headcount_broad' end,
    case when active and side = 'registered' then 'registered' end,
    case when here and apprentice then 'apprentices' end,
    case when side = 'support' and not active then 'inactive_headcount' end,
    case when here and stage_source = 'recorded' then 'framework_mapped' end,
    case when here and stage_source = 'recorded' and band_rank < stage_rank(stage) then 'band_below_stage' end,
    case when here and stage_source = 'recorded' and band_rank > stage_rank(stage) then 'band_above_stage' end
  ], lambda x: x is not null)) as tally
  from stock where grain <> 'month'
);
