import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { ManifestCheck, ManifestInput } from '../releases/manifest.ts';

export interface Accounts {
  inputs: ManifestInput[];
  rows: { read: number; loaded: number; quarantined: number };
  /** Blocks when one row of one file is neither loaded nor quarantined. */
  check: ManifestCheck;
}

/**
 * Where every row of every file is once codes are resolved, counted in the tables themselves: conforming moves rows to the quarantine too.
 * `inputs` are in the order of their numbers, which begin at 1.
 */
export async function account(connection: DuckDBConnection, inputs: readonly ManifestInput[]): Promise<Accounts> {
  const extracts = [...new Set(inputs.map(({ kind }) => kind))];
  const loaded = await byFile(
    connection,
    extracts
      .map((extract) => `select source_file, count(*) as n from ${extract} group by source_file`)
      .join(' union all '),
  );
  const quarantined = await byFile(
    connection,
    'select source_file, count(distinct line) as n from quarantine group by source_file',
  );
  const counted = inputs.map((input, index) => ({
    ...input,
    loaded: loaded.get(index + 1) ?? 0,
    quarantined: quarantined.get(index + 1) ?? 0,
  }));
  const sum = (field: 'read' | 'loaded' | 'quarantined') => counted.reduce((all, input) => all + input[field], 0);
  const rows = { read: sum('read'), loaded: sum('loaded'), quarantined: sum('quarantined') };
  const lost = counted.filter(({ read, loaded, quarantined }) => read !== loaded + quarantined);
  return {
    inputs: counted,
    rows,
    check: {
      id: 'nothing_lost',
      title: 'Rows read = rows loaded + rows quarantined, file by file',
      passed: lost.length === 0,
      figure: [
        `${rows.read} read, ${rows.loaded} loaded, ${rows.quarantined} quarantined`,
        ...lost.map(({ file }) => file),
      ].join('; not balanced: '),
      blocks: true,
    },
  };
}

async function byFile(connection: DuckDBConnection, counts: string): Promise<Map<number, number>> {
  const rows = await rowsOf<{ source_file: number; n: number }>(
    connection,
    `select source_file, n::integer as n from (${counts})`,
  );
  return new Map(rows.map(({ source_file, n }) => [source_file, n]));
}
