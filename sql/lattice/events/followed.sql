-- What movements are set against where somebody is silent: people at the start and at the end whose employer is followed through the window, in the windows
-- that have one who is not. They are keyed by their day as the headcount is, so that a place without such an employer has the same figure under both names;
-- in all other windows the two are the headcount itself (etl/src/steps/protect.ts).
insert into event by name
with broken as (
  select distinct grain, opening, closing from unfollowed
), side as (
  select *, opening as seen, 'start' as side, 'headcount_start' as tally from broken
  union all by name select *, closing as seen, 'end' as side, 'headcount_end' as tally from broken
)
select 'movement' as family, side.grain, side.closing as period_end, 's|' || side.seen as key_period, person, snapshot.organisation, profession, band, stage, sex,
  ethnic_group, age_band, disability, tenure_band, side.tally, fte as weight
from side join snapshot on snapshot.period_end = side.seen and snapshot.side = 'support' and snapshot.active
anti join unfollowed on unfollowed.grain = side.grain and unfollowed.closing = side.closing and unfollowed.side = side.side and unfollowed.organisation = snapshot.organisation;
