import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../extracts/sql-text.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { goodRows, refusedRows, type Settled } from './settle.ts';
import type { Staged } from './stage.ts';
import { typedRows } from './typing.ts';

// Raise when the readers or the identifier rules change what they accept.
const readerVersion = 9;

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
  const kept = files.map((file) => ({ file, paths: pathsOf(folder, file) }));
  const rowsOf = (which: 'rows' | 'rejects') => {
    const paths = kept.map(({ paths }) => quoted(paths[which]));
    const sources = kept.map(({ file }, i) => `(${paths[i]}, ${file.number}, ${quoted(file.name)})`);
    return `read_parquet([${paths.join(', ')}], filename = 'kept_in')
     join (values ${sources.join(', ')}) as source (kept_in, source_file, file) using (kept_in)`;
  };
  await connection.run(`insert into ${into} by name select * exclude (kept_in, file) from ${rowsOf('rows')}`);
  await connection.run(`insert into ${rejects} by name select * exclude (kept_in) from ${rowsOf('rejects')}`);
}

/** Keeps a file's settled rows. The result is written last, so that a broken write is never taken for a kept file. */
export async function keep(
  connection: DuckDBConnection,
  file: ReceivedFile,
  result: Settled,
  staged: Staged,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const paths = pathsOf(folder, file);
  await writeParquet(connection, goodRows(file.match.extract, staged), paths.rows);
  await writeParquet(connection, refusedRows(file.match.extract, staged), paths.rejects);
  await writeFile(`${paths.result}.part`, JSON.stringify(result), { mode: 0o600 });
  await rename(`${paths.result}.part`, paths.result);
}

async function writeParquet(connection: DuckDBConnection, rows: string, path: string): Promise<void> {
  await connection.run(
    `copy (${rows}) to ${quoted(`${path}.part`)} (format parquet, parquet_version v2, compression zstd, compression_level 1)`,
  );
  await chmod(`${path}.part`, 0o600);
  await rename(`${path}.part`, path);
}

/** Removes what a broken write left of a file's rows. */
export async function dropBroken(folder: string, file: ReceivedFile): Promise<void> {
  for (const path of Object.values(pathsOf(folder, file))) await rm(`${path}.part`, { force: true });
}

function pathsOf(folder: string, file: ReceivedFile): { rows: string; rejects: string; result: string } {
  const { extract, layout, headerLine, blank, sheet } = file.match;
  const rules = createHash('sha256').update(
    JSON.stringify([readerVersion, extract, layout, headerLine, blank, sheet, typedRows(file.match, 'source')]),
  );
  const name = join(folder, `${file.sha256}-${rules.digest('hex').slice(0, 16)}`);
  return { rows: `${name}.parquet`, rejects: `${name}.rejects.parquet`, result: `${name}.json` };
}
