import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { suppliedExtracts } from '../extracts/index.ts';
import { quoted } from '../extracts/sql-text.ts';
import { collectPublished } from '../extracts/published/collect.ts';
import { createExtractTables } from '../extracts/tables.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { refuseOverlaps } from '../reading/overlap.ts';
import type { Progress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import type { ManifestInput } from '../releases/manifest.ts';
import { check } from './check.ts';
import { receive, type ReceivedFile } from './receive.ts';
import { loadReference } from './reference.ts';

export interface Loaded {
  inputs: ManifestInput[];
  rows: { read: number; loaded: number; quarantined: number };
  synthetic: boolean;
  hasExtracts: boolean;
  hasPublished: boolean;
  /** What an operator should know of the files, a sentence each. */
  notes: string[];
}

/**
 * Receives and checks every file: person-level extracts into their tables, official publications into `published_row`.
 * Throws Refusal when a file cannot be taken as a whole, naming every such file: an operator then sees all that is wrong at once.
 */
export async function loadExtracts(
  connection: DuckDBConnection,
  paths: string[],
  cacheDir: string,
  progress: Progress,
): Promise<Loaded> {
  progress.begin('receive', 1, 'bytes');
  const received = await receive(paths, { onProgress: ({ bytes, of, file }) => progress.at(bytes, file, of) });
  progress.end(`${received.files.length} files recognised`);
  const refusals = [...received.refusals];
  if (received.files.length === 0 && refusals.length === 0)
    throw new Refusal(
      'nothing_to_load',
      `there is no extract in ${paths.join(', ')}: put CSV, CSV.gz or Parquet files there (columns: etl/contracts), or make a sample with \`etl sample\`.`,
    );

  await createExtractTables(connection);
  for (const { number, name, extract, layout } of received.files)
    await connection.run(
      `insert into received_file values (${number}, ${[name, extract, layout].map(quoted).join(', ')})`,
    );
  const inputs: ManifestInput[] = [];
  const notes = [...received.notes];
  const total = received.files.reduce((sum, { bytes }) => sum + bytes, 0);
  progress.begin('check', total, 'bytes');
  let bytes = 0;
  // Many small files are read faster by one thread than by two that wait for each other.
  if (total / received.files.length < 8e6) await connection.run('set threads = 1');
  const refused = (error: unknown) => {
    if (!(error instanceof ExtractRefusal)) throw error;
    refusals.push(error);
  };
  for (const file of received.files) {
    const result = await check(file, connection, {
      cacheDir,
      onProgress: (done) => progress.at(bytes + done.bytes, file.name),
    }).catch(refused);
    if (result) {
      inputs.push(inputOf(file, result));
      notes.push(...result.warnings.map((warning) => `${file.name}: ${warning}`));
    }
    progress.at((bytes += file.bytes), file.name);
  }
  await connection.run('reset threads');
  for (const extract of suppliedExtracts) {
    const files = received.files.filter(({ extract: name }) => name === extract.name);
    await refuseOverlaps(connection, extract, files).catch(refused);
  }
  const published = await collectPublished(connection).catch(refused);
  if (refusals.length > 0)
    throw new Refusal(
      'files_refused',
      `${refusals.length} file${refusals.length > 1 ? 's were' : ' was'} refused, so nothing was built.`,
      refusals.map(({ message, remedy }) => `${message} ${remedy}`),
    );
  await loadReference(connection);
  const people = await rowsOf<{ n: number }>(connection, 'select count(*)::integer as n from workforce');
  const rowsRead = inputs.reduce((all, { read }) => all + read, 0);
  const known = inputs.filter(({ kept }) => kept).length;
  progress.end(
    `${rowsRead.toLocaleString('en-GB')} rows${known > 0 ? `; ${known} of ${inputs.length} files known from before` : ''}`,
  );
  const sum = (field: 'read' | 'loaded' | 'quarantined') => inputs.reduce((all, input) => all + input[field], 0);
  return {
    inputs,
    rows: { read: sum('read'), loaded: sum('loaded'), quarantined: sum('quarantined') },
    synthetic: received.files.some(({ extract, name }) => extract === 'workforce' && /synthetic/i.test(name)),
    hasExtracts: people[0]!.n > 0,
    hasPublished: (published?.feeds.length ?? 0) > 0,
    notes: [...notes, ...(published?.warnings ?? [])],
  };
}

function inputOf(
  file: ReceivedFile,
  { read, loaded, quarantined, reader }: { read: number; loaded: number; quarantined: number; reader: string },
): ManifestInput {
  return {
    file: file.name,
    kind: file.extract,
    layout: file.layout,
    sha256: file.sha256,
    bytes: file.bytes,
    read,
    loaded,
    quarantined,
    kept: reader === 'kept',
  };
}
