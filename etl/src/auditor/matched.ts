import { rowsOf } from '@ahp/sql/open';
import type { Audience } from '../disclosure/audiences.ts';
import { latestYear, type Context } from './context.ts';

/**
 * Puts the headcounts of the latest year beside what readers make of their published values, as the temporary table `matched`: set, level, area, a, b,
 * c, n, key (the cell key of the finest) and value. Whoever reads as several audiences goes by the one with the least noise, from which the others are
 * drawn: given it, they say nothing more of the truth. What is withheld from a reader is left out: it is not a 0. `truth` may be what cells were drawn from.
 * Returns how many cells there are.
 */
export async function matchLatestYear(
  context: Context,
  readers: readonly Audience[],
  truth: 'grouped' | 'drawn' = 'grouped',
): Promise<number> {
  const latest = await latestYear(context);
  const { id } = finestOf(readers);
  const where = `grain = 'year' and tally = 'headcount' and period_end = date '${latest}'`;
  const columns = `"set"::varchar as "set", level::varchar as level, area::varchar as area, a::varchar as a, b::varchar as b, c::varchar as c`;
  const permitted = readers.map(
    (reader) =>
      `select distinct "set"::varchar as "set", level::varchar as level from release_${reader.id}.policy where grain = 'year' and tally = 'headcount'`,
  );
  await context.workshop.run(
    `create or replace temp table matched as
     with permitted as (${permitted.join(' intersect ')}),
       exact as (select ${columns}, n::integer as n, ${id}_key as key from ${truth} where ${where}),
       seen as (select ${columns}, value from release_${id}.cell where ${where}),
       hidden as (select ${columns} from release_${id}.withheld where ${where})
     select exact.*, coalesce(seen.value, 0) as value
     from exact semi join permitted on permitted."set" = exact."set" and permitted.level = exact.level
     left join seen on seen."set" = exact."set" and seen.level = exact.level and seen.area = exact.area
       and seen.a is not distinct from exact.a and seen.b is not distinct from exact.b and seen.c is not distinct from exact.c
     where not exists (
       select 1 from hidden where hidden."set" = exact."set" and hidden.level = exact.level and hidden.area = exact.area
         and (hidden.a is null or hidden.a = exact.a) and (hidden.b is null or hidden.b = exact.b) and (hidden.c is null or hidden.c = exact.c))`,
  );
  const [{ cells } = { cells: 0 }] = await rowsOf<{ cells: number }>(
    context.workshop,
    'select count(*)::integer as cells from matched',
  );
  return cells;
}

/** The audience whose counts are nearest to the truth. */
export const finestOf = <Reader extends Pick<Audience, 'v'>>(readers: readonly Reader[]): Reader =>
  readers.reduce((finest, reader) => (reader.v < finest.v ? reader : finest));
