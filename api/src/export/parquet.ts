import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import type { FlatTable } from './tables.ts';

/** A Parquet file holds one table; an answer to several questions has several. */
export class SeveralTables extends Error {
  constructor(names: readonly string[]) {
    super(`A Parquet file holds one table: ask for one of ${names.join(', ')}.`);
  }
}

/**
 * Parquet of the one table of an answer, for DuckDB, R or pandas: numbers are DOUBLE, truth values BOOLEAN, days DATE and everything else text;
 * a withheld value is null and its status a column of its own. Throws `SeveralTables` when there is more than one table.
 */
export async function parquetOf(tables: readonly FlatTable[]): Promise<Buffer> {
  const [table, ...others] = tables;
  if (!table || others.length > 0) throw new SeveralTables(tables.map(({ name }) => name));
  const folder = mkdtempSync(join(tmpdir(), 'ahp-parquet-'));
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  try {
    const path = join(folder, 'table.parquet');
    const columns = table.columns.length > 0 ? table.columns : ['empty'];
    const types = columns.map((column) => typeOf(table.rows.map((row) => row.get(column) ?? null)));
    const rows = table.rows.map((row) =>
      Object.fromEntries(columns.map((column, i) => [`c${i}`, row.get(column) ?? null])),
    );
    const shape = Object.fromEntries(types.map((type, i) => [`c${i}`, type]));
    const named = columns.map((column, i) => `one.c${i} as "${column.replaceAll('"', '""')}"`);
    const statement = await connection.prepare(
      `create table answer as select ${named.join(', ')} from (select unnest(from_json($rows::json, '${JSON.stringify([shape])}')) as one)`,
    );
    statement.bind({ rows: JSON.stringify(rows) });
    await statement.run();
    await connection.run(`copy answer to '${path.replaceAll("'", "''")}' (format parquet, compression zstd)`);
    return readFileSync(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The narrowest type that holds every value of a column. */
function typeOf(values: readonly unknown[]): 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'VARCHAR' {
  const found = values.filter((value) => value !== null);
  const every = (holds: (value: unknown) => boolean) => found.length > 0 && found.every(holds);
  if (every((value) => typeof value === 'number')) return 'DOUBLE';
  if (every((value) => typeof value === 'boolean')) return 'BOOLEAN';
  return every((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) ? 'DATE' : 'VARCHAR';
}
