import type { DuckDBConnection } from '@duckdb/node-api';
import { personDimensions } from '../../../sql/lattice/dimensions.ts';
import { policyOf } from '../../../sql/lattice/policy.ts';

const characteristics = personDimensions.filter(({ characteristic }) => characteristic).map(({ id }) => id);
/** Counts from 1 to one below this are withheld, and with them as many others as hide them. */
const smallest = 5;
const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** The tables of an employer’s own figures that say something of people beside their work. The others are exact, whatever the count. */
export const personalSets: readonly string[] = [...new Set(policyOf('own').map(({ set }) => set))].filter((set) =>
  set.split('+').some((id) => characteristics.includes(id)),
);
export const isPersonal = (set: string): string => `${set} in (${quoted(personalSets)})`;

/**
 * Finds what an employer’s own tables of one characteristic must withhold, as `own_pattern`: the counts from 1 to 4, and while these are fewer than
 * two or fewer than five people together, the smallest of the others; all when there are none left. The totals are exact, so that one cell alone could
 * be had by taking away. Categories with nobody are listed beside them, so that the list does not say who is there.
 *
 * {41, 3} → both; {50, 6, 2, 9} → 6 and 2; {40, 3, 2} → 3 and 2.
 */
export async function findOwnPatterns(connection: DuckDBConnection, exact = 'grouped'): Promise<void> {
  const table = '"set", grain, level, area, period_end, tally';
  await connection.run(
    `create or replace temp table own_pattern as
     with one_way as (select ${table}, a, n from ${exact} where level = 'organisation' and "set" in (${quoted(characteristics)})),
       ranked as (
         select *, row_number() over ranks - 1 as before, coalesce(sum(n) over (ranks rows between unbounded preceding and 1 preceding), 0) as people_before,
           bool_or(n < ${smallest}) over (partition by ${table}) as has_small
         from one_way window ranks as (partition by ${table} order by n < ${smallest} desc, n, a)),
       shown as (select * from ranked where has_small and not (n < ${smallest} or before < 2 or people_before < ${smallest})),
       guarded as (select distinct ${table} from ranked where has_small)
     select guarded.*, category.code::category_t as a, null::category_t as b, null::category_t as c
     from guarded join release_category as category on category.dimension = guarded."set"::varchar
     anti join shown on shown."set" = guarded."set" and shown.grain = guarded.grain and shown.level = guarded.level and shown.area = guarded.area
       and shown.period_end = guarded.period_end and shown.tally = guarded.tally and shown.a::varchar = category.code`,
  );
}
