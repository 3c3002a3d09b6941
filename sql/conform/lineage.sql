-- The organisation that each code became, following successions to the end: a merger is not mass leaving.
-- Where a code was split among several, the first in alphabetical order stands for all of them: people may then be followed as staying.
-- `split` says so: what the old code published cannot be told apart among its successors.
create or replace table lineage as
with recursive step as (
  select old_code, min(new_code) as new_code, count(distinct new_code) > 1 as split from succession where old_code <> new_code group by old_code
), walk as (
  select old_code as code, new_code as latest, split, 1 as depth from step
  union all
  select walk.code, step.new_code, walk.split or step.split, walk.depth + 1 from walk join step on step.old_code = walk.latest where walk.depth < 20
)
select organisation.code, coalesce(arg_max(walk.latest, walk.depth), organisation.code) as latest, coalesce(bool_or(walk.split), false) as split
from (select distinct code from organisation) as organisation
left join walk on walk.code = organisation.code
group by organisation.code;
