-- Every organisation and pair of snapshots whose heads or FTE do not balance; none is the only accepted answer. Start and end are counted in the
-- snapshots and the movements in the ledger, so that a person whom the ledger forgot or doubled is found. Whom a succession carries from one code to
-- another goes out of the one and into the other here, and nowhere else. Who comes from or goes to an employer that is not followed has one end.
create or replace table imbalance as
with moved as (
  select *, at_start and at_end and same_organisation and start_organisation <> end_organisation as carried_over from ledger
), flows as (
  select pair.grain, pair.closing, organisation, 1 as start_heads, 0 as end_heads, fte as start_fte, 0 as end_fte,
    0 as in_heads, 0 as out_heads, 0 as in_fte, 0 as out_fte, 0 as changed_fte
  from pair join snapshot on snapshot.period_end = pair.opening
  anti join unfollowed on unfollowed.grain = pair.grain and unfollowed.closing = pair.closing and unfollowed.organisation = snapshot.organisation and unfollowed.side = 'start'
  where active and side = 'support'
  union all
  select pair.grain, pair.closing, organisation, 0, 1, 0, fte, 0, 0, 0, 0, 0
  from pair join snapshot on snapshot.period_end = pair.closing
  anti join unfollowed on unfollowed.grain = pair.grain and unfollowed.closing = pair.closing and unfollowed.organisation = snapshot.organisation and unfollowed.side = 'end'
  where active and side = 'support'
  union all
  select grain, closing, start_organisation, 0, 0, 0, 0, 0, (left_organisation or went_inactive or moved_out or carried_over)::integer, 0,
    case when left_organisation or went_inactive or moved_out or carried_over then start_fte else 0 end,
    case when at_end and same_organisation and not carried_over then end_fte - start_fte else 0 end
  from moved where at_start
  union all
  select grain, closing, end_organisation, 0, 0, 0, 0, (joined_organisation or reactivated or moved_in or carried_over)::integer, 0,
    case when joined_organisation or reactivated or moved_in or carried_over then end_fte else 0 end, 0, 0
  from moved where at_end
)
select grain, closing, organisation, sum(start_heads) + sum(in_heads) - sum(out_heads) - sum(end_heads) as heads,
  sum(start_fte) + sum(in_fte) - sum(out_fte) + sum(changed_fte) - sum(end_fte) as fte
from flows group by all
having heads <> 0 or fte <> 0;
