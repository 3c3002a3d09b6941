-- The organisations that each code has become by the end of a window: one, or several after a split. A succession holds from its day, or from when the
-- old code left the snapshots in the three months before; until then, going from one to the other is a transfer like any other.
create or replace table employer as
with recursive closings as (
  select distinct closing from pair
), last_seen as (
  select organisation::varchar as code, max(period_end) as period_end from snapshot group by 1
), step as (
  select distinct closings.closing, succession.old_code, succession.new_code
  from succession left join last_seen on last_seen.code = succession.old_code
  join closings on closings.closing >= succession.date
    or (closings.closing > last_seen.period_end and closings.closing >= succession.date - interval 3 month)
  where succession.old_code <> succession.new_code
), walk as (
  select closing, old_code as code, new_code as latest, 1 as depth from step
  union
  select walk.closing, walk.code, step.new_code, walk.depth + 1
  from walk join step on step.closing = walk.closing and step.old_code = walk.latest where walk.depth < 20
)
select closing, code::area_t as code, list(distinct latest::area_t) as successors
from walk anti join step on step.closing = walk.closing and step.old_code = walk.latest
where code in (select code from organisation) and latest in (select code from organisation)
group by closing, code;
