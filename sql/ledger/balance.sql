-- Every organisation and pair of snapshots whose heads or FTE do not balance; none is the only accepted answer.
create or replace table imbalance as
with flows as (
  select grain, closing, start_organisation_now as organisation, 1 as start_heads, 0 as end_heads, start_fte as start_fte, 0 as end_fte,
    0 as in_heads, (left_organisation or went_inactive or moved_out)::integer as out_heads, 0 as in_fte,
    case when left_organisation or went_inactive or moved_out then start_fte else 0 end as out_fte,
    case when at_end and same_organisation then end_fte - start_fte else 0 end as changed_fte
  from ledger where at_start
  union all
  select grain, closing, end_organisation_now, 0, 1, 0, end_fte, (joined_organisation or reactivated or moved_in)::integer, 0,
    case when joined_organisation or reactivated or moved_in then end_fte else 0 end, 0, 0
  from ledger where at_end
)
select grain, closing, organisation, sum(start_heads) + sum(in_heads) - sum(out_heads) - sum(end_heads) as heads,
  sum(start_fte) + sum(in_fte) - sum(out_fte) + sum(changed_fte) - sum(end_fte) as fte
from flows group by all
having heads <> 0 or fte <> 0;
