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
import { check, type CheckResult } from './check.ts';
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

/** Above this many bytes a file is checked alone, with all threads; smaller ones two at a time, with one thread each. */
const large = 64e6;

/**
 * Receives and checks every file: person-level extracts into their tables, official publications into `published_row`. Files are checked on
 * as many connections of one database as there are in `lanes`, the first of which is the one that goes on.
 * Throws Refusal when a file cannot be taken as a whole, naming every such file: an operator then sees all that is wrong at once.
 */
export async function loadExtracts(
  lanes: readonly [DuckDBConnection, ...DuckDBConnection[]],
  paths: string[],
  cacheDir: string,
  progress: Progress,
): Promise<Loaded> {
  const [connection] = lanes;
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
  const notes = [...received.notes];
  const started = performance.now();
  const results = await checkAll(lanes, received.files, cacheDir, progress);
  const seconds = (performance.now() - started) / 1000;
  const inputs = received.files.flatMap((file, index): ManifestInput[] => {
    const result = results[index]!;
    if (result instanceof ExtractRefusal) {
      refusals.push(result);
      return [];
    }
    notes.push(...result.warnings.map((warning) => `${file.name}: ${warning}`));
    return [inputOf(file, result)];
  });
  const refused = (error: unknown) => {
    if (!(error instanceof ExtractRefusal)) throw error;
    refusals.push(error);
  };
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
    [
      `${rowsRead.toLocaleString('en-GB')} rows, ${Math.round(rowsRead / seconds).toLocaleString('en-GB')} rows/s`,
      ...(known > 0 ? [`${known} of ${inputs.length} files known from before`] : []),
    ].join('; '),
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

/** Checks the files, the largest first; the results and refusals in the order of the files. */
async function checkAll(
  lanes: readonly DuckDBConnection[],
  files: readonly ReceivedFile[],
  cacheDir: string,
  progress: Progress,
): Promise<(CheckResult | ExtractRefusal)[]> {
  const results: (CheckResult | ExtractRefusal)[] = [];
  const rows = files.reduce((sum, { rowEstimate }) => sum + rowEstimate, 0);
  progress.begin('check', rows, 'rows');
  const done = new Map<ReceivedFile, number>();
  const tell = (file: ReceivedFile, rows: number) => {
    done.set(file, rows);
    progress.at(
      [...done.values()].reduce((sum, n) => sum + n, 0),
      file.name,
    );
  };
  const one = async (lane: DuckDBConnection, file: ReceivedFile) => {
    const onProgress = ({ bytes, of }: { bytes: number; of: number }) => tell(file, (file.rowEstimate * bytes) / of);
    const result = await check(file, lane, { cacheDir, onProgress }).catch((error: unknown) => {
      if (error instanceof ExtractRefusal) return error;
      throw error;
    });
    results[file.number - 1] = result;
    tell(file, result instanceof ExtractRefusal ? file.rowEstimate : result.read);
  };
  const [few, many] = [files.filter(({ bytes }) => bytes > large), files.filter(({ bytes }) => bytes <= large)];
  for (const file of few) await one(lanes[0]!, file);
  // Many small files are read faster by one thread each than by several that wait for each other.
  await lanes[0]!.run('set threads = 1');
  const queue = many.toSorted((a, b) => b.bytes - a.bytes);
  await Promise.all(
    lanes.map(async (lane) => {
      for (let file = queue.shift(); file; file = queue.shift()) await one(lane, file);
    }),
  );
  await lanes[0]!.run('reset threads');
  return results;
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
