import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { suppliedExtracts } from '../extracts/index.ts';
import { quoted } from '../extracts/sql-text.ts';
import { collectPublished } from '../extracts/published/collect.ts';
import { createExtractTables } from '../extracts/tables.ts';
import { engineOf } from '../confined/limits.ts';
import { takeKept } from '../reading/cache.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { overlapRefusals } from '../reading/overlap.ts';
import { resentRefusals } from '../reading/resent.ts';
import type { Progress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import type { ManifestInput } from '../releases/manifest.ts';
import type { CheckResult } from './check.ts';
import { readAll } from './read.ts';
import type { ReceivedFile } from './receive.ts';
import { loadReference } from './reference.ts';

export interface Loaded {
  inputs: ManifestInput[];
  /** What came of each file that could be taken, with its number. */
  results: (CheckResult & { number: number })[];
  /** Why files cannot be taken, all of them. */
  refusals: ExtractRefusal[];
  rows: { read: number; loaded: number; quarantined: number };
  synthetic: boolean;
  hasExtracts: boolean;
  hasPublished: boolean;
  /** What an operator should know of the files, a sentence each. */
  notes: string[];
  /** The most memory that reading can have held, all processes together, bytes. */
  peakMemory: number;
}

/** Hears what kind of files were recognised, before the long work of reading them. */
export type OnReceived = (what: { synthetic: boolean; hasStaff: boolean }) => void;

/**
 * Receives and checks every file: person-level extracts into their tables, official publications into `published_row`. Their rows come by way of
 * the folder `kept`, where they stay for the next load.
 * Files that cannot be taken as a whole are in `refusals`, every one (`refuseFiles` throws them). Throws Refusal when there is no file.
 */
export async function loadExtracts(
  connection: DuckDBConnection,
  paths: string[],
  kept: string,
  progress: Progress,
  onReceived?: OnReceived,
): Promise<Loaded> {
  const received = await readAll(paths, kept, await engineOf(connection), progress, ({ files }) => {
    const staff = files.filter(({ extract }) => extract === 'workforce');
    onReceived?.({ synthetic: staff.some(isSynthetic), hasStaff: staff.length > 0 });
  });
  const refusals = [...received.refusals];
  if (received.files.length === 0 && refusals.length === 0)
    throw new Refusal(
      'nothing_to_load',
      `there is no extract in ${paths.join(', ')}: put CSV, CSV.gz, XLSX, ODS or Parquet files there (columns: etl/contracts), or make a sample with \`etl sample\`.`,
    );

  const staff = received.files.filter(({ extract }) => extract === 'workforce');
  const invented = staff.find(isSynthetic)?.name;
  const real = staff.find((file) => !isSynthetic(file))?.name;
  if (invented !== undefined && real !== undefined)
    refusals.push(
      new ExtractRefusal(
        'structure',
        invented,
        `People of the synthetic sample would be counted with those of ${real}.`,
        'Remove every file whose name has “synthetic” in it.',
      ),
    );

  await createExtractTables(connection);
  for (const { number, name, extract, layout } of received.files)
    await connection.run(
      `insert into received_file values (${number}, ${[name, extract, layout].map(quoted).join(', ')})`,
    );
  const results: Loaded['results'] = [];
  const inputs = received.files.flatMap((file, index): ManifestInput[] => {
    const result = received.results[index]!;
    if (result instanceof ExtractRefusal) {
      refusals.push(result);
      return [];
    }
    results.push({ ...result, number: file.number });
    return [inputOf(file, result)];
  });
  const good = received.files.filter((_, index) => !(received.results[index] instanceof ExtractRefusal));
  for (const [extract, files] of Map.groupBy(good, (file) => file.extract))
    await takeKept(connection, kept, files, extract, 'quarantine');
  const seconds = (performance.now() - received.since) / 1000;
  const refused = (error: unknown) => {
    if (!(error instanceof ExtractRefusal)) throw error;
    refusals.push(error);
  };
  const before = refusals.length;
  for (const extract of suppliedExtracts) {
    const files = received.files.filter(({ extract: name }) => name === extract.name);
    refusals.push(...(await overlapRefusals(connection, extract, files)));
  }
  // Rows with equal keys are alike in all else too: one thing is wrong, and it has been told.
  if (refusals.length === before) refusals.push(...(await resentRefusals(connection, received.files)));
  const published = await collectPublished(connection).catch(refused);
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
    results,
    refusals,
    rows: { read: sum('read'), loaded: sum('loaded'), quarantined: sum('quarantined') },
    synthetic: invented !== undefined,
    hasExtracts: people[0]!.n > 0,
    hasPublished: (published?.feeds.length ?? 0) > 0,
    notes: [...received.notes, ...(published?.warnings ?? [])],
    peakMemory: received.peakMemory,
  };
}

const isSynthetic = ({ name }: { name: string }) => /synthetic/i.test(name);

/** Throws Refusal `files_refused` that names every file which cannot be taken: an operator then sees all that is wrong at once. */
export function refuseFiles(refusals: readonly ExtractRefusal[]): void {
  if (refusals.length === 0) return;
  throw new Refusal(
    'files_refused',
    `${refusals.length} file${refusals.length > 1 ? 's were' : ' was'} refused, so nothing was built.`,
    refusals.map(({ message, remedy }) => `${message} ${remedy}`),
  );
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
