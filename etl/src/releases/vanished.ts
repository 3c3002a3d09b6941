import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { Refusal } from '../refusal.ts';
import type { Side } from './difference.ts';

/** From this many on, a count of a nation that is 0 afterwards has vanished and was not revised. */
const clearly = 100;

/**
 * Looks at the finished cells: refuses a release without periods that the one before has, and one in which a count of a nation is 0 that was `clearly` above
 * it. Extracts may hold every period and still give no figure. `accepted`: somebody means it. Throws Refusal `figures_vanished`.
 */
export async function refuseVanished(
  connection: DuckDBConnection,
  { version, before, now }: { version: string; before: Side; now: Side },
  accepted = false,
): Promise<void> {
  if (accepted) return;
  const periods = await rowsOf<{ period: string }>(
    connection,
    `select grain::varchar || ' to ' || period_end as period from ${before.period} except select grain::varchar || ' to ' || period_end from ${now.period} order by all`,
  );
  const counts = await rowsOf<{ nation: string; tally: string; periods: string }>(
    connection,
    `with was as (${nations(before)}), has as (${nations(now)}),
       held as (select grain::varchar as grain, period_end from ${before.period} intersect select grain::varchar, period_end from ${now.period})
     select was.nation, was.tally, string_agg(was.grain || ' to ' || was.period_end, ', ' order by was.period_end, was.grain) as periods
     from was join held using (grain, period_end) left join has using (nation, tally, grain, period_end)
     where was.value >= ${clearly} and coalesce(has.value, 0) = 0 group by all order by all`,
  );
  if (periods.length + counts.length === 0) return;
  throw new Refusal('figures_vanished', `Figures that release ${version} has would be gone: nothing was built.`, [
    ...(periods.length > 0 ? [`No figure of any kind: ${periods.map(({ period }) => period).join(', ')}.`] : []),
    ...counts.map((one) => `${one.nation}, ${one.tally}: 0 where there were ${clearly} and more: ${one.periods}.`),
    'Look for a column that is blank or a file that is missing. If these figures are to go, build with --fewer-periods.',
  ]);
}

const nations = ({ cell }: Side) =>
  `select area::varchar as nation, tally::varchar as tally, grain::varchar as grain, period_end, value from ${cell} where "set"::varchar = '' and level::varchar = 'nation'`;
