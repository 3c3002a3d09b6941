import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import type { CellType, FileTable } from './file-table.ts';
import { citationOf, licenceOf, versionsOf, type Provenance } from './provenance.ts';
import { onlyOne } from './unwritable.ts';

const types: Record<CellType, string> = { number: 'DOUBLE', boolean: 'BOOLEAN', date: 'DATE', text: 'VARCHAR' };

/**
 * Parquet of the one table of an answer, for DuckDB, R or pandas: numbers are DOUBLE, truth values BOOLEAN, days DATE and everything else text;
 * a withheld value is null and its status a column of its own. Its key-value metadata say where it comes from. Throws `Unwritable` when there
 * is more than one table.
 */
export async function parquetOf(tables: readonly FileTable[], provenance: Provenance): Promise<Buffer> {
  const table = onlyOne(tables, 'A Parquet file');
  const folder = mkdtempSync(join(tmpdir(), 'ahp-parquet-'));
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  try {
    const path = join(folder, 'table.parquet');
    const columns = table.columns.length > 0 ? table.columns : [{ name: 'empty', title: '', type: 'text' as const }];
    const rows = table.rows.map((row) => Object.fromEntries(columns.map((_, i) => [`c${i}`, row[i] ?? null])));
    const shape = Object.fromEntries(columns.map(({ type }, i) => [`c${i}`, types[type]]));
    const named = columns.map(({ name }, i) => `one.c${i} as "${name.replaceAll('"', '""')}"`);
    const statement = await connection.prepare(
      `create table answer as select ${named.join(', ')} from (select unnest(from_json($rows::json, '${JSON.stringify([shape])}')) as one)`,
    );
    statement.bind({ rows: JSON.stringify(rows) });
    await statement.run();
    const metadata = Object.entries(metadataOf(table, provenance)).map(([key, value]) => `${key}: ${quoted(value)}`);
    await connection.run(
      `copy answer to ${quoted(path)} (format parquet, compression zstd, kv_metadata {${metadata.join(', ')}})`,
    );
    return readFileSync(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the key-value metadata of the file say. */
function metadataOf({ title }: FileTable, provenance: Provenance): Record<string, string> {
  return {
    title,
    release: versionsOf(provenance),
    audience: provenance.audience,
    licence: licenceOf(provenance),
    citation: citationOf(provenance),
    query: provenance.document,
    variables: JSON.stringify(provenance.variables),
  };
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
