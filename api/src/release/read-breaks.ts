import type { ReleaseSchema } from '@ahp/sql/schema';
import type { Kysely } from 'kysely';
import type { AreaRecord, BreakRecord } from './catalogue.ts';
import { holdsTable } from './holds-table.ts';

/** The breaks in series that a release lists, oldest first; releases from before breaks were listed have none. */
export async function readBreaks(db: Kysely<ReleaseSchema>, areas: readonly AreaRecord[]): Promise<BreakRecord[]> {
  if (!(await holdsTable(db, 'break'))) return [];
  const rows = await db
    .selectFrom('break')
    .selectAll()
    .orderBy('from_date')
    .orderBy('nation')
    .orderBy('label')
    .execute();
  const nations = new Map(areas.flatMap((area) => (area.level === 'nation' ? [[area.code, area] as const] : [])));
  const same = Map.groupBy(rows, (row) =>
    JSON.stringify([row.from_date, row.nation, row.label, row.meaning, row.source]),
  );
  return [...same.values()].flatMap((some) => {
    const { from_date, nation, label, meaning, source } = some[0]!;
    // A nation that the release knows nothing of has no series to break.
    if (nation !== null && !nations.has(nation)) return [];
    return {
      from: from_date.toISOString().slice(0, 10),
      nation: nation === null ? null : nations.get(nation)!,
      organisations: null,
      tallies: new Set(some.map(({ tally }) => tally)),
      label,
      meaning,
      source,
    };
  });
}
