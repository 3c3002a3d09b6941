import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../extracts/sql-text.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import type { Settled } from './settle.ts';
import { typedRows } from './typing.ts';

// Raise when the readers or the identifier rules change what they accept.
const readerVersion = 1;

/** Rows kept from an earlier check of the same bytes under the same layout and rules, loaded again; null when there are none. */
export async function cached(
  connection: DuckDBConnection,
  file: ReceivedFile,
  into: string,
  rejects: string,
  folder?: string,
): Promise<Settled | null> {
  if (folder === undefined) return null;
  const paths = pathsOf(folder, file);
  const text = existsSync(paths.rows) ? await readFile(paths.result, 'utf8').catch(() => null) : null;
  if (text === null) return null;
  const result = JSON.parse(text) as Settled;
  const columns = file.match.extract.columns.map((column) => `"${column.name}"`).join(', ');
  await connection.run(
    `insert into ${into} (${columns}, source_file, line) select ${columns}, ${file.number}, line from read_parquet(${quoted(paths.rows)})`,
  );
  await connection.run(
    `insert into ${rejects} (source_file, file, line, column_name, reason, masked_value)
     select ${file.number}, ${quoted(file.name)}, line, column_name, reason, masked_value from read_parquet(${quoted(paths.rejects)})`,
  );
  return result;
}

/** Keeps a file's checked rows. The result is written last, so that a broken write is never taken for a kept file. */
export async function keep(
  connection: DuckDBConnection,
  file: ReceivedFile,
  result: Settled,
  into: string,
  rejects: string,
  folder?: string,
): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const paths = pathsOf(folder, file);
  await writeParquet(
    connection,
    `select * exclude (source_file) from ${into} where source_file = ${file.number}`,
    paths.rows,
  );
  await writeParquet(
    connection,
    `select line, column_name, reason, masked_value from ${rejects} where source_file = ${file.number}`,
    paths.rejects,
  );
  await writeFile(`${paths.result}.part`, JSON.stringify(result), { mode: 0o600 });
  await rename(`${paths.result}.part`, paths.result);
}

async function writeParquet(connection: DuckDBConnection, rows: string, path: string): Promise<void> {
  await connection.run(`copy (${rows}) to ${quoted(`${path}.part`)} (format parquet, compression zstd)`);
  await chmod(`${path}.part`, 0o600);
  await rename(`${path}.part`, path);
}

function pathsOf(folder: string, file: ReceivedFile): { rows: string; rejects: string; result: string } {
  const { extract, layout } = file.match;
  const rules = createHash('sha256').update(
    JSON.stringify([readerVersion, extract, layout, typedRows(file.match, 'source')]),
  );
  const name = join(folder, `${file.sha256}-${rules.digest('hex').slice(0, 16)}`);
  return { rows: `${name}.parquet`, rejects: `${name}.rejects.parquet`, result: `${name}.json` };
}
