import type { DuckDBConnection } from '@duckdb/node-api';
import { columnType, enumName, type Extract } from './extract.ts';
import { extracts } from './index.ts';
import { quoted } from './sql-text.ts';

/** The columns that say where a loaded row came from: the received file's number and the line in it. */
export const provenance = 'source_file integer, line bigint';

/**
 * Creates one table per extract (ENUM where a list is closed, then `source_file` and `line`), `quarantine` and `received_file`, where they
 * do not exist yet.
 */
export async function createExtractTables(
  connection: DuckDBConnection,
  of: readonly Extract[] = extracts,
): Promise<void> {
  for (const extract of of) for (const sql of tableStatements(extract)) await connection.run(sql);
  await connection.run(
    'create table if not exists quarantine (source_file integer, file varchar, line bigint, column_name varchar, reason varchar, masked_value varchar, value varchar, organisation varchar, period_end date)',
  );
  await connection.run(
    'create table if not exists received_file (number integer, name varchar, extract varchar, layout varchar)',
  );
}

function tableStatements(extract: Extract): string[] {
  const types = extract.columns
    .filter((column) => column.kind === 'code')
    .map((column) => {
      const codes = column.codes ?? [];
      return `create type if not exists ${enumName(extract, column)} as enum (${codes.map(quoted).join(', ')})`;
    });
  const columns = extract.columns.map((column) => `"${column.name}" ${columnType(extract, column)}`);
  return [...types, `create table if not exists ${extract.name} (${[...columns, provenance].join(', ')})`];
}
