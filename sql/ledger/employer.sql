-- The organisation that each code has become by the end of a window. A succession holds from its day, or from when the old code left the
-- snapshots in the three months before; until then, going from one to the other is a transfer like any other.
create or replace table employer as
with recursive closings as (
  select distinct closing from pair
), last_seen as (
  select organisation::varchar as code, max(period_end) as period_end from snapshot group by 1
), step as (
  select closings.closing, succession.old_code, min(succession.new_code) as new_code
  from succession left join last_seen on last_seen.code = succession.old_code
  join closings on closings.closing >= succession.date
    or (closings.closing > last_seen.period_end and closings.closing >= succession.date - interval 3 month)
  where succession.old_code <> succession.new_code
  group by all
), walk as (
  select closing, old_code as code, new_code as latest, 1 as depth from step
  union all
  select walk.closing, walk.code, step.new_code, walk.depth + 1
  from walk join step on step.closing = walk.closing and step.old_code = walk.latest where walk.depth < 20
)
select closing, code::area_t as code, arg_max(latest, depth)::area_t as latest from walk group by closing, code;
