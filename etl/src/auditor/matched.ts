import { rowsOf } from '@ahp/sql/open';
import type { Audience } from '../disclosure/audiences.ts';
import { latestYear, type Context } from './context.ts';

/**
 * Puts the headcounts of the latest year beside what readers make of their published values, as the temporary table `matched`: set, level, area, a, b,
 * c, n, key (the cell key of the first) and value. One reader sees what is published; who reads as several audiences has the mean of what they hold in
 * common, weighted by 1/V, which is the best that independent noise allows. Returns how many cells there are.
 */
export async function matchLatestYear(context: Context, readers: readonly Audience[]): Promise<number> {
  const latest = await latestYear(context);
  const where = `grain = 'year' and tally = 'headcount' and period_end = date '${latest}'`;
  const columns = `"set"::varchar as "set", level::varchar as level, area::varchar as area, a::varchar as a, b::varchar as b, c::varchar as c`;
  const published = readers.map(({ id, v }) => ({
    name: `seen_${id}`,
    id,
    weight: (v === 0 ? 1 : 1 / v) * varianceOf(readers),
  }));
  await context.workshop.run(
    `create or replace temp table matched as
     with permitted as (${published.map(({ id }) => `select distinct "set"::varchar as "set", level::varchar as level from release_${id}.policy where grain = 'year' and tally = 'headcount'`).join(' intersect ')}),
       exact as (select ${columns}, n::integer as n, ${readers[0]!.id}_key as key from grouped where ${where}),
       ${published.map(({ name, id }) => `${name} as (select ${columns}, value from release_${id}.cell where ${where})`).join(', ')}
     select exact.*, ${readers.length === 1 ? `coalesce(${published[0]!.name}.value, 0)` : published.map(({ name, weight }) => `${weight}::double * coalesce(${name}.value, 0)`).join(' + ')} as value
     from exact semi join permitted on permitted."set" = exact."set" and permitted.level = exact.level
     ${published.map(({ name }) => beside(name)).join('')}`,
  );
  const [{ cells } = { cells: 0 }] = await rowsOf<{ cells: number }>(
    context.workshop,
    'select count(*)::integer as cells from matched',
  );
  return cells;
}

/** The variance of what readers make of a count: that of the noise of one audience, and less for who reads as several. */
export const varianceOf = (readers: readonly Audience[]): number =>
  1 / readers.reduce((sum, { v }) => sum + 1 / (v === 0 ? 1 : v), 0);

const beside = (published: string) => `
     left join ${published} on ${published}."set" = exact."set" and ${published}.level = exact.level and ${published}.area = exact.area
       and ${published}.a is not distinct from exact.a and ${published}.b is not distinct from exact.b and ${published}.c is not distinct from exact.c`;
