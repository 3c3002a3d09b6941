import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { Refusal } from '../refusal.ts';
import { readManifest, releaseFolder } from './folder.ts';
import type { Change, ManifestInput } from './manifest.ts';
import { readPrivatePart } from './private-part.ts';
import { verifyRelease } from './verify.ts';

/** One statement about the data of a release (table `quality` of its file). */
export interface QualityEntry {
  section: string;
  item: string;
  area: string | null;
  period_end: string | null;
  value: number | null;
  unit: string | null;
  alert: boolean | null;
  note: string | null;
}

/** What an operator must know of the data of a release. */
export interface QualityReport {
  version: string;
  rows: { read: number; loaded: number; quarantined: number };
  inputs: ManifestInput[];
  entries: QualityEntry[];
  /** The release that `changes` are told against; null for the first. */
  comparedWith: string | null;
  changes: Change[];
}

/** The statements in the order in which they are told, from a table of them. */
export function qualityEntries(connection: DuckDBConnection, table: string): Promise<QualityEntry[]> {
  return rowsOf<QualityEntry>(
    connection,
    `select section, item, area, period_end::varchar as period_end, value, unit, alert, note from ${table}
     order by section, alert desc nulls last, case when section not in ('coverage', 'reporting') then -abs(value) end, case when section = 'reporting' then period_end end desc, item, area, period_end`,
  );
}

/** Reads the report of a release from its public file. Throws Refusal when the release is absent or not whole. */
export async function qualityOf(data: string, version: string): Promise<QualityReport> {
  const { comparedWith, changes } = readManifest(data, version);
  const problems = await verifyRelease(data, version);
  if (problems.length > 0) throw new Refusal('damaged', `release ${version} is not whole.`, problems);
  const { rows, inputs } = readPrivatePart(data, version);
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  try {
    const path = join(releaseFolder(data, version), 'public.duckdb');
    await connection.run(`attach '${path.replaceAll("'", "''")}' as release (read_only)`);
    const columns = await rowsOf<{ name: string }>(
      connection,
      `select column_name as name from duckdb_columns() where database_name = 'release' and table_name = 'quality'`,
    );
    // Releases of before had neither unit nor alert.
    const known = columns.some(({ name }) => name === 'unit');
    const table = known ? 'release.quality' : '(select *, null as unit, null as alert from release.quality)';
    return { version, rows, inputs, entries: await qualityEntries(connection, table), comparedWith, changes };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
