import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { runSqlFile } from '../steps/sql-file.ts';

export type Check =
  'quarantined' | 'posts' | 'undone' | 'unchanged' | 'values' | 'fte' | 'first' | 'renewed' | 'lost' | 'strangers';

/** Something about a month of a place that can't be believed. */
export interface Finding {
  /** `lost:RAX:2026-03`: by this name it is accepted. */
  name: string;
  check: Check;
  level: 'organisation' | 'nation' | 'uk';
  area: string;
  /** The last day of the month. */
  periodEnd: string;
  /** Whether it stops a build; the others are told. */
  stops: boolean;
  /** At how many employers of a nation it was found, where it is one finding of all of them; the numbers are then of the largest. */
  shared: number | null;
  statistic: number;
  stopsAt: number;
  base: number;
  usual: number | null;
  what: string | null;
  /** Of those who are lost, how many an extract of leavings has. */
  withLeaving: number;
  /** The last day of the month that its people are followed from. */
  beforeEnd: string | null;
}

/** Steps of the judgement, each a file of sql/plausibility. */
const files = ['staff_month', 'moved', 'quarantined', 'verdict', 'first', 'renewed', 'finding'];

/**
 * Judges every month of every organisation and nation by following the same people from month to month (limits and their false stops: README.md beside this).
 * `newPeople`: other pseudonyms were announced, so that sizes and shares are compared where nobody is seen again.
 * Needs the tables of conform. Findings come in the order in which they explain each other.
 */
export async function judgeMonths(connection: DuckDBConnection, newPeople = false): Promise<Finding[]> {
  await connection.run(`set variable renewed_accepted = ${newPeople}`);
  for (const name of files) await runSqlFile(connection, `plausibility/${name}.sql`);
  return rowsOf<Finding>(
    connection,
    `select name, "check", level, area, period_end::varchar as "periodEnd", stops, shared::integer as shared, statistic::double as statistic, stops_at::double as "stopsAt",
       base::double as base, usual::double as usual, what, with_leaving::integer as "withLeaving", before_end::varchar as "beforeEnd"
     from finding order by not stops, finding.period_end desc, rank, level, area`,
  );
}
