import { rowsOf } from '@ahp/sql/open';
import type { Audience } from '../disclosure/audiences.ts';
import { latestYear, type Context } from './context.ts';

/**
 * Puts the headcounts of the latest year beside their published values, as the temporary table `matched`: set, level, area, a, b, c, n, key
 * (the cell key of the audience) and value. Returns how many cells there are.
 */
export async function matchLatestYear(context: Context, audience: Audience): Promise<number> {
  const latest = await latestYear(context);
  const where = `grain = 'year' and tally = 'headcount' and period_end = date '${latest}'`;
  const columns = `"set"::varchar as "set", level::varchar as level, area::varchar as area, a::varchar as a, b::varchar as b, c::varchar as c`;
  await context.workshop.run(
    `create or replace temp table matched as
     with permitted as (select distinct "set"::varchar as "set", level::varchar as level from release_${audience.id}.policy where grain = 'year' and tally = 'headcount'),
       exact as (select ${columns}, n::integer as n, ${audience.id}_key as key from grouped where ${where}),
       published as (select ${columns}, value from release_${audience.id}.cell where ${where})
     select exact.*, coalesce(published.value, 0) as value
     from exact semi join permitted on permitted."set" = exact."set" and permitted.level = exact.level
     left join published on published."set" = exact."set" and published.level = exact.level and published.area = exact.area
       and published.a is not distinct from exact.a and published.b is not distinct from exact.b and published.c is not distinct from exact.c`,
  );
  const [{ cells } = { cells: 0 }] = await rowsOf<{ cells: number }>(
    context.workshop,
    'select count(*)::integer as cells from matched',
  );
  return cells;
}
