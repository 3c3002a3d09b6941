import { mkdir } from 'node:fs/promises';
import { Reader } from '../confined/reader.ts';
import type { Progress } from '../progress.ts';
import { dropBroken, keptResult } from '../reading/cache.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import type { CheckResult } from './check.ts';
import { receive, type Received, type ReceivedFile } from './receive.ts';

export interface Readings extends Received {
  /** What came of each file, in their order. */
  results: (CheckResult | ExtractRefusal)[];
  /** The most memory that this process and its readers can have held together, bytes. */
  peakMemory: number;
  /** When checking began, as `performance.now()` tells. */
  since: number;
}

/** Above this many bytes a file is checked alone, with all threads; smaller ones as many at a time as there are lanes, with one thread each. */
const large = 64e6;
const lanes = 2;

/**
 * Receives and checks every file, none of them in this process: readers, which share what the engine may take, leave the good and the refused
 * rows in the folder `kept`. Files that were checked before are not read again.
 */
export async function readAll(
  paths: readonly string[],
  kept: string,
  engine: { memory: number; temporary: string },
  progress: Progress,
  onReceived?: (received: Received) => void,
): Promise<Readings> {
  await mkdir(kept, { recursive: true, mode: 0o700 });
  const options = { ...engine, memory: Math.floor(engine.memory / lanes), reads: paths, writes: [kept] };
  const readers = Array.from({ length: lanes }, () => new Reader(options));
  try {
    progress.begin('receive', 1, 'bytes');
    const received = await receive(paths, {
      onProgress: ({ bytes, of, file }) => progress.at(bytes, file, of),
      sheets: (path, bytes) => readers[0]!.sheets(path, bytes),
      parquetColumns: (path, bytes) => readers[0]!.columns(path, bytes),
    });
    progress.end(`${received.files.length} files recognised`);
    onReceived?.(received);
    const since = performance.now();
    const results = await checkAll(readers, received.files, kept, progress);
    const held = readers.reduce((sum, { peakMemory }) => sum + peakMemory, process.memoryUsage.rss());
    return { ...received, results, since, peakMemory: held };
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

async function checkAll(
  readers: readonly Reader[],
  files: readonly ReceivedFile[],
  kept: string,
  progress: Progress,
): Promise<Readings['results']> {
  const results: Readings['results'] = [];
  progress.begin(
    'check',
    files.reduce((sum, { rowEstimate }) => sum + rowEstimate, 0),
    'rows',
  );
  const done = new Map<ReceivedFile, number>();
  const tell = (file: ReceivedFile, rows: number) => {
    done.set(file, rows);
    progress.at(
      [...done.values()].reduce((sum, n) => sum + n, 0),
      file.name,
    );
  };
  const one = async (reader: Reader, file: ReceivedFile, threads: number) => {
    const onProgress = ({ bytes, of }: { bytes: number; of: number }) => tell(file, (file.rowEstimate * bytes) / of);
    const result = await checked(reader, file, kept, { threads, onProgress });
    results[file.number - 1] = result;
    tell(file, result instanceof ExtractRefusal ? file.rowEstimate : result.read);
  };
  const [few, many] = [files.filter(({ bytes }) => bytes > large), files.filter(({ bytes }) => bytes <= large)];
  for (const file of few) await one(readers[0]!, file, readers.length);
  const queue = many.toSorted((a, b) => b.bytes - a.bytes);
  await Promise.all(
    readers.map(async (reader) => {
      for (let file = queue.shift(); file; file = queue.shift()) await one(reader, file, 1);
    }),
  );
  return results;
}

async function checked(
  reader: Reader,
  file: ReceivedFile,
  kept: string,
  how: { threads: number; onProgress: (done: { bytes: number; of: number }) => void },
): Promise<CheckResult | ExtractRefusal> {
  const known = await keptResult(kept, file);
  const { name, extract, layout, sha256 } = file;
  if (known) return { ...known, file: name, extract, layout, sha256, reader: 'kept', milliseconds: 0 };
  try {
    return await reader.check(file, { ...how, received: kept });
  } catch (error) {
    if (!(error instanceof ExtractRefusal)) throw error;
    await dropBroken(kept, file);
    return error;
  }
}
