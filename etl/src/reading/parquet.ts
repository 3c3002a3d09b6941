import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Column } from '../extracts/extract.ts';
import { quoted } from '../extracts/sql-text.ts';
import { ExtractRefusal } from './extract-refusal.ts';
import type { Match } from './match.ts';
import { createFaults, dropStage, type Staged } from './stage.ts';
import { typedRows, writtenDate } from './typing.ts';

/** More rows than this, or than this many for each byte, are refused as a decompression bomb. */
const limits = { rows: 200_000_000, free: 1_000_000, perByte: 4 };
const invisible = '[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}]';
const longestField = 1 << 16;

interface Typed {
  name: string;
  type: string;
}

/** The names of the columns of a Parquet file. Throws an ExtractRefusal when it is none. */
export async function parquetColumns(connection: DuckDBConnection, path: string): Promise<string[]> {
  // The engine would take it for a pattern and read other files.
  if (/[*?[]/.test(path))
    throw new ExtractRefusal(
      'unreadable',
      path,
      'The path of a Parquet file may not have *, ? or [ in it.',
      'Rename the file or its folder.',
    );
  try {
    const described = await rowsOf<{ name: string }>(
      connection,
      `select column_name as name from (describe from read_parquet(${quoted(path)}))`,
    );
    return described.map(({ name }) => name);
  } catch {
    throw new ExtractRefusal('unreadable', path, 'The file is not readable as Parquet.', 'Send it again, or as CSV.');
  }
}

/**
 * Types the rows of a Parquet file; the row number stands for the line. Values that the file has typed are read as what they are: a date or a
 * moment at midnight as that day, a boolean as Y or N where a flag is wanted. Texts are held to the rules of the exact reader.
 * Throws an ExtractRefusal when the file is damaged, nested or would expand beyond the limits.
 */
export async function stageParquet(
  connection: DuckDBConnection,
  file: { path: string; name: string; bytes: number },
  match: Match,
): Promise<Staged> {
  await dropStage(connection);
  try {
    await refuseBomb(connection, file);
    const columns = await columnsOf(connection, file, match);
    const source = `read_parquet(${quoted(file.path)}, file_row_number = true, binary_as_string = true)`;
    await createFaults(connection);
    for (const { name } of columns.filter(({ type }) => type === 'VARCHAR'))
      await connection.run(
        `insert into faults select file_row_number + 1, ${quoted(nameOf(match, name))},
           case when length(${cell(name)}) > ${longestField} then 'is longer than 65,536 characters' else 'holds an invisible or control character' end
         from ${source} where (${cell(name)} is not null and (length(${cell(name)}) > ${longestField} or regexp_matches(${cell(name)}, ${quoted(invisible)})))
           and file_row_number + 1 not in (select line from faults)`,
      );
    const texts = columns.map(({ name, type }, position) => `${textOf(match, name, type)} as c${position}`);
    const rows = `(select file_row_number + 1 as line, ${texts.join(', ')} from ${source} where file_row_number + 1 not in (select line from faults))`;
    await connection.run(`create temp table checked as ${typedRows(match, rows, { carried: 'line, ' })}`);
    return { line: 'line' };
  } catch (error) {
    if (error instanceof ExtractRefusal || /out of memory|no space left/i.test((error as Error).message)) throw error;
    throw new ExtractRefusal(
      'unreadable',
      file.name,
      'The Parquet file cannot be read to its end.',
      'It may have been cut short or damaged on the way: send it again, or as CSV.',
    );
  }
}

async function refuseBomb(
  connection: DuckDBConnection,
  { path, name, bytes }: { path: string; name: string; bytes: number },
) {
  const [{ rows } = { rows: 0 }] = await rowsOf<{ rows: number }>(
    connection,
    `select num_rows::double as rows from parquet_file_metadata(${quoted(path)})`,
  );
  if (rows > limits.rows || (rows > limits.free && rows > limits.perByte * bytes))
    throw new ExtractRefusal(
      'too_large',
      name,
      `The file says that it holds ${rows.toLocaleString('en-GB')} rows, far beyond its size.`,
      'Send it in parts, or as CSV.',
    );
}

async function columnsOf(
  connection: DuckDBConnection,
  { path, name }: { path: string; name: string },
  { header }: Match,
): Promise<Typed[]> {
  const columns = await rowsOf<Typed>(
    connection,
    `select column_name as name, column_type as type from (describe from read_parquet(${quoted(path)}, binary_as_string = true))`,
  );
  const nested = columns.find(({ type }) => /^(STRUCT|MAP|UNION)|\[/.test(type));
  if (nested)
    throw new ExtractRefusal(
      'structure',
      name,
      `Column “${nested.name}” holds lists or structures.`,
      'Send one value in each cell.',
      { column: nested.name },
    );
  return header.map((found) => columns.find((column) => column.name === found)!);
}

const cell = (name: string) => `"${name.replaceAll('"', '""')}"`;

function textOf(match: Match, name: string, type: string): string {
  const column = columnOf(match, name);
  const value = cell(name);
  if (type === 'VARCHAR') return `nfc_normalize(${value})`;
  if (type === 'BOOLEAN' && column?.kind === 'flag')
    return `case when ${value} then 'Y' when not ${value} then 'N' end`;
  if (column?.kind === 'date' && type === 'DATE') return writtenDate(column, match.layout, value);
  if (column?.kind === 'date' && type.startsWith('TIMESTAMP'))
    return `case when ${value} = date_trunc('day', ${value}) then ${writtenDate(column, match.layout, `${value}::date`)} else ${value}::varchar end`;
  return `${value}::varchar`;
}

function columnOf({ extract, header, positions }: Match, name: string): Column | undefined {
  return extract.columns.find((column) => column.name in positions && header[positions[column.name]!] === name);
}

/** What the contract calls a column of the file; its own name where the contract has none. */
const nameOf = (match: Match, name: string): string => columnOf(match, name)?.name ?? name;
