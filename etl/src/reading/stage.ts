import { DuckDBDataChunk, VARCHAR, BIGINT, type DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../extracts/sql-text.ts';
import type { Match } from './match.ts';
import { readExactly, type ReadingNotes, type Row } from './exact.ts';
import { printable } from './extract-refusal.ts';
import { missingMarkers, typedRows } from './typing.ts';

/** Typed rows waiting in the temporary table `checked`; `line` is the SQL that gives a row's line. */
export type Staged = { line: string };

/**
 * Lets DuckDB split a file that a byte scan has proved plain. Rows keep the file's order, so their number gives the line. `padded`: whether any
 * value has a space at its beginning or end.
 */
export async function stagePlain(
  connection: DuckDBConnection,
  path: string,
  match: Match,
  padded: boolean,
): Promise<Staged> {
  await dropStage(connection);
  const { layout } = match;
  const delimiter = layout.delimiter ?? ',';
  // Where nothing is trimmed, a missing value is known by its bytes: the reader sees it in passing.
  const nulls = !(layout.trims && padded);
  const missing = nulls ? missingMarkers(layout).filter((marker) => !marker.includes(delimiter)) : [''];
  const columns = match.header.map((_, position) => `'c${position}': 'VARCHAR'`).join(', ');
  // Told that lines end in CRLF, DuckDB 1.5.6 reads no row of such a file; left to itself it reads them all.
  const source = `read_csv(${quoted(path)}, columns = {${columns}}, auto_detect = false, header = false, skip = 1,
    delim = ${quoted(delimiter)}, quote = '', escape = '', comment = '', nullstr = [${missing.map(quoted).join(', ')}],
    null_padding = false, strict_mode = true, ignore_errors = false, max_line_size = 131072,
    compression = '${path.toLowerCase().endsWith('.gz') ? 'gzip' : 'none'}')`;
  await connection.run(`create temp table checked as ${typedRows(match, source, { nulls })}`);
  await createFaults(connection);
  return { line: '(rowid + 2)' };
}

/** Splits a file record by record and hands the records to DuckDB in batches, faults apart. */
export function stageExactly(
  connection: DuckDBConnection,
  path: string,
  match: Match,
  notes: ReadingNotes,
  onBytes?: (bytes: number) => void,
): Promise<Staged> {
  return stageRows(connection, match, readExactly(path, match.header.length, match.layout, notes, onBytes, match));
}

/** Hands records to DuckDB in batches, faults apart. */
export async function stageRows(
  connection: DuckDBConnection,
  match: Match,
  records: AsyncIterable<Row[]>,
): Promise<Staged> {
  await dropStage(connection);
  await emptyRecords(connection);
  await createFaults(connection);
  const typed = typedRows(match, splitRecords(match.header.length), { carried: 'line, ' });
  await connection.run(`create temp table checked as ${typed} limit 0`);
  let batch: Row[] = [];
  let characters = 0;
  const flush = async () => {
    await appendRecords(connection, match, batch);
    await connection.run(`insert into checked ${typed}`);
    await connection.run('insert into faults select line, fault_column, fault from records where fault is not null');
    await emptyRecords(connection);
    batch = [];
    characters = 0;
  };
  for await (const rows of records) {
    batch.push(...rows);
    for (const { fields } of rows) for (const field of fields) characters += field.length;
    if (batch.length >= 40_960 || characters > 32e6) await flush();
  }
  await flush();
  await connection.run('drop table records');
  return { line: 'line' };
}

export async function dropStage(connection: DuckDBConnection): Promise<void> {
  for (const table of ['checked', 'records', 'faults', 'problem'])
    await connection.run(`drop table if exists temp.${table}`);
}

export async function createFaults(connection: DuckDBConnection): Promise<void> {
  await connection.run('create temp table faults (line bigint, column_name varchar, reason varchar)');
}

async function emptyRecords(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'create or replace temp table records (line bigint, fault varchar, fault_column varchar, fields varchar)',
  );
}

// A record travels as one text: its fields joined by the unit separator, which no value may hold. That is far cheaper than a vector a column.
const unitSeparator = '\x1f';

function splitRecords(width: number): string {
  const fields = Array.from({ length: width }, (_, position) => `fields[${position + 1}] as c${position}`).join(', ');
  return `(select line, ${fields} from (select line, string_split(fields, chr(31)) as fields from records where fault is null))`;
}

async function appendRecords(connection: DuckDBConnection, match: Match, batch: Row[]): Promise<void> {
  const names = namesByPosition(match);
  const appender = await connection.createAppender('records', 'main', 'temp');
  for (let from = 0; from < batch.length; from += 2048) {
    const rows = batch.slice(from, from + 2048);
    const chunk = DuckDBDataChunk.create([BIGINT, VARCHAR, VARCHAR, VARCHAR], rows.length);
    chunk.setColumnValues(
      0,
      rows.map((row) => BigInt(row.line)),
    );
    chunk.setColumnValues(
      1,
      rows.map((row) => row.fault ?? null),
    );
    chunk.setColumnValues(
      2,
      rows.map((row) => (row.field === undefined ? null : names[row.field]!)),
    );
    chunk.setColumnValues(
      3,
      rows.map((row) => row.fields.join(unitSeparator)),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function namesByPosition(match: Match): string[] {
  const names = match.header.map(printable);
  for (const [name, position] of Object.entries(match.positions)) names[position] = name;
  return names;
}
