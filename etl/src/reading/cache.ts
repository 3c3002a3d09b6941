import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../extracts/sql-text.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import type { Settled } from './settle.ts';
import { typedRows } from './typing.ts';

// Raise when the readers or the identifier rules change what they accept.
const readerVersion = 1;

/** What an earlier check of the same bytes under the same layout and rules came to; null when its rows are not kept. */
export async function keptResult(folder: string, file: ReceivedFile): Promise<Settled | null> {
  const paths = pathsOf(folder, file);
  const text = existsSync(paths.rows) ? await readFile(paths.result, 'utf8').catch(() => null) : null;
  return text === null ? null : (JSON.parse(text) as Settled);
}

/** Loads the kept rows of files of one extract, the good ones into `into`, the refused ones into `rejects`. */
export async function takeKept(
  connection: DuckDBConnection,
  folder: string,
  files: readonly ReceivedFile[],
  into: string,
  rejects: string,
): Promise<void> {
  const columns = files[0]!.match.extract.columns.map((column) => `"${column.name}"`).join(', ');
  const of = (paths: readonly string[], values: readonly string[]) => ({
    rows: `read_parquet([${paths.map(quoted).join(', ')}], filename = 'kept_in')`,
    value: `([${values.join(', ')}])[list_position([${paths.map(quoted).join(', ')}], kept_in)]`,
  });
  const paths = files.map((file) => pathsOf(folder, file));
  const numbers = files.map(({ number }) => String(number));
  const good = of(
    paths.map(({ rows }) => rows),
    numbers,
  );
  await connection.run(
    `insert into ${into} (${columns}, source_file, line) select ${columns}, ${good.value}, line from ${good.rows}`,
  );
  const refused = paths.map(({ rejects }) => rejects);
  const names = of(
    refused,
    files.map(({ name }) => quoted(name)),
  );
  await connection.run(
    `insert into ${rejects} (source_file, file, line, column_name, reason, masked_value)
     select ${of(refused, numbers).value}, ${names.value}, line, column_name, reason, masked_value from ${names.rows}`,
  );
}

/** Keeps a file's checked rows. The result is written last, so that a broken write is never taken for a kept file. */
export async function keep(
  connection: DuckDBConnection,
  file: ReceivedFile,
  result: Settled,
  into: string,
  rejects: string,
  folder: string,
): Promise<void> {
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

/** Removes what a broken write left of a file's rows. */
export async function dropBroken(folder: string, file: ReceivedFile): Promise<void> {
  for (const path of Object.values(pathsOf(folder, file))) await rm(`${path}.part`, { force: true });
}

function pathsOf(folder: string, file: ReceivedFile): { rows: string; rejects: string; result: string } {
  const { extract, layout } = file.match;
  const rules = createHash('sha256').update(
    JSON.stringify([readerVersion, extract, layout, typedRows(file.match, 'source')]),
  );
  const name = join(folder, `${file.sha256}-${rules.digest('hex').slice(0, 16)}`);
  return { rows: `${name}.parquet`, rejects: `${name}.rejects.parquet`, result: `${name}.json` };
}
