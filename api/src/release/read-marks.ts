import type { ReleaseSchema } from '@ahp/sql/schema';
import { sql, type Kysely } from 'kysely';
import { holdsTable } from './holds-table.ts';

/** What a reader has to know of the figures of an area and a period. */
export interface Mark {
  /** INCOMPLETE: somebody sent nothing. ACCEPTED: something that looks wrong was let pass, for a reason. */
  kind: 'INCOMPLETE' | 'ACCEPTED';
  /** Which figures: those of the last day, of the whole period, or those made of one tally. */
  of: string;
  /** Whether a figure is given all the same. */
  available: boolean;
  note: string;
}

/** The marks of a release by `grain|end|area`; releases from before marks were kept have none. */
export async function readMarks(db: Kysely<ReleaseSchema>): Promise<Map<string, Mark[]>> {
  if (!(await holdsTable(db, 'mark'))) return new Map();
  const rows = await db
    .selectFrom('mark')
    .select(['grain', sql<string>`period_end::varchar`.as('end'), 'area', 'of', 'kind', 'available', 'note'])
    .orderBy('kind')
    .orderBy('note')
    .execute();
  const byPlace = Map.groupBy(rows, ({ grain, end, area }) => `${grain}|${end}|${area}`);
  return new Map(
    [...byPlace].map(([key, some]) => [
      key,
      some.map(({ of, kind, available, note }) => ({ of, kind: kind as Mark['kind'], available, note })),
    ]),
  );
}
