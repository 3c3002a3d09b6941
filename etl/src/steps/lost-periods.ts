import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { establishment } from '../extracts/establishment.ts';
import type { Extract } from '../extracts/extract.ts';
import { plan } from '../extracts/plan.ts';
import { retention } from '../extracts/retention.ts';
import { training } from '../extracts/training.ts';
import { workforce } from '../extracts/workforce.ts';
import { Refusal } from '../refusal.ts';
import type { Told } from '../releases/periods-before.ts';

/** What each extract and publication tells of, as `grain period_end`: "month 2026-03-31". */
export type Periods = Record<string, string[]>;

/** By what an extract is told to be of a period. Single events may fall in any month, so they are taken by the quarter. */
const grains: readonly [Extract, grain: 'month' | 'quarter' | 'year'][] = [
  [workforce, 'month'],
  [training, 'quarter'],
  [retention, 'quarter'],
  [establishment, 'month'],
  [plan, 'year'],
];

const ends = {
  month: (day: string) => `last_day(${day})`,
  quarter: (day: string) => `last_day(date_trunc('quarter', ${day}) + interval 2 month)`,
  year: (day: string) => day,
};

/** The periods of all that was loaded, by extract and publication. A part of a year gives way to the whole one, so it is not among them. */
export async function periodsOf(connection: DuckDBConnection): Promise<Periods> {
  const queries = grains.map(([{ name, columns }, grain]) => {
    const day = `"${columns[0]!.name}"`;
    return `select distinct '${name}' as source, '${grain} ' || ${ends[grain](day)}::date as period from ${name}`;
  });
  const rows = await rowsOf<{ source: string; periods: string[] }>(
    connection,
    `select source, string_agg(period, ',' order by period) as periods from (
       ${queries.join(' union all ')}
       union all select distinct feed, grain || ' ' || period_end from published_row where complete
     ) group by source order by source`,
  );
  return Object.fromEntries(rows.map(({ source, periods }) => [source, String(periods).split(',')]));
}

/**
 * Refuses extracts without periods that the release before tells of: whoever builds from a folder that holds the newest file alone would
 * publish a release without its history. `accepted`: somebody means it. Throws Refusal `periods_lost` naming them, extract by extract.
 */
export async function refuseLostPeriods(now: Periods, before: Told | null, accepted = false): Promise<void> {
  if (accepted || before === null) return;
  const lost = onlyIn(before.extractPeriods, now);
  if (lost.length === 0) return;
  throw new Refusal(
    'periods_lost',
    `Periods of release ${before.version} are in none of these files, so they would vanish from the next release: nothing was built.`,
    [
      ...lost,
      'Keep the files of the periods before beside the new ones (files read before are not read again). If these periods are to go, build with --fewer-periods.',
    ],
  );
}

/**
 * Refuses extracts with months of which no row counts: all contracts bank or honorary, or none of FTE. Their figures would not be there, and the month before would
 * stand as the latest. `accepted`: somebody means it. Throws Refusal `periods_emptied`.
 */
export async function refuseEmptiedPeriods(connection: DuckDBConnection, accepted = false): Promise<void> {
  if (accepted) return;
  const emptied = await rowsOf<{ nation: string; months: string; reason: string }>(
    connection,
    `select nation, string_agg(distinct strftime(period_end, '%Y-%m'), ', ') as months, mode(left_out) as reason
     from judged anti join (select distinct nation::varchar as nation, period_end from snapshot) as kept using (nation, period_end)
     where nation is not null group by nation order by nation`,
  );
  if (emptied.length === 0) return;
  throw new Refusal('periods_emptied', 'Of some months no row counts, so that they would vanish: nothing was built.', [
    ...emptied.map(
      ({ nation, months, reason }) => `${nation}, ${months}: every row is left out, mostly for its ${reason}.`,
    ),
    'Look at the contract types and FTE of these files. If nobody is to be counted in them, build with --fewer-periods.',
  ]);
}

/** The periods that the release before does not have yet, a line for each extract. */
export function newPeriods(now: Periods, before: Told | null): string[] {
  if (before === null) return [];
  const { extractPeriods, whole } = before;
  const comparable = Object.entries(now).filter(([source]) => whole || source in extractPeriods);
  return onlyIn(Object.fromEntries(comparable), extractPeriods);
}

function onlyIn(some: Periods, others: Periods): string[] {
  return Object.entries(some).flatMap(([source, periods]) => {
    const only = periods.filter((period) => !others[source]?.includes(period));
    return only.length > 0 ? [`${source}: ${inWords(only)}.`] : [];
  });
}

/** "47 months, the first to 2022-04-30 and the last to 2026-02-28; the year to 2026-03-31". */
function inWords(periods: readonly string[]): string {
  const byGrain = Map.groupBy(periods, (period) => period.split(' ')[0]!);
  const told = [...byGrain].map(([grain, all]) => {
    const days = all.map((period) => period.split(' ')[1]!).sort();
    if (days.length === 1) return `the ${grain} to ${days[0]}`;
    if (days.length <= 4) return `the ${grain}s to ${days.slice(0, -1).join(', ')} and ${days.at(-1)}`;
    return `${days.length} ${grain}s, the first to ${days[0]} and the last to ${days.at(-1)}`;
  });
  return told.join('; ');
}
