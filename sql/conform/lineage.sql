-- What each organisation code has become, following successions to their ends: a merger is not mass leaving. A code that was split has several ends.
-- A list of successions may name codes on the way, and ends, that no list of organisations knows; nobody can be counted there.
create or replace table became as
with recursive step as (
  select distinct old_code, new_code from succession where old_code <> new_code
), walk as (
  select old_code as code, new_code as latest, 1 as depth from step
  union
  select walk.code, step.new_code, walk.depth + 1 from walk join step on step.old_code = walk.latest where walk.depth < 20
)
select distinct code, latest from walk where latest not in (select old_code from step) and latest in (select code from organisation);
-- `split`: what the code published cannot be told apart among its successors, the first of which in alphabetical order stands for all.
create or replace table lineage as
select organisation.code, coalesce(min(became.latest), organisation.code) as latest, count(became.latest) > 1 as split
from (select distinct code from organisation) as organisation left join became using (code)
group by organisation.code;
-- Whom a split took where: the successor that a person is seen in next.
create or replace table split_follower as
select earlier.person_id, lineage.code, arg_min(became.latest, (later.period_end, became.latest)) as latest
from (select distinct person_id, organisation_code, period_end from workforce) as earlier
join lineage on lineage.code = earlier.organisation_code and lineage.split
join workforce as later on later.person_id = earlier.person_id and later.period_end > earlier.period_end
join lineage as arrived on arrived.code = later.organisation_code
join became on became.code = lineage.code and became.latest = arrived.latest
group by all;
