import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { csvOf, ordinary } from '../../test/checking.ts';
import { createExtractTables } from '../extracts/tables.ts';
import { takeKept } from '../reading/cache.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { check } from '../steps/check.ts';
import { receive, type ReceivedFile } from '../steps/receive.ts';
import { secondsFor } from './limits.ts';
import { Reader, type ReaderOptions } from './reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'reader-'));
const [sent, kept, outside] = ['sent', 'kept', 'outside'].map((name) => join(folder, name)) as [string, string, string];
const onLinux = existsSync('/proc/self/statm');
const mayUnshare = spawnSync('/usr/bin/unshare', ['--map-current-user', '--net', '/bin/true']).status === 0;
let connection: DuckDBConnection;
let reader: Reader;

beforeAll(async () => {
  for (const path of [sent, kept, outside]) mkdirSync(path);
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await createExtractTables(connection);
  // Quotes make the exact reader read it, which takes a second or two for so many rows.
  long = await received(write('long.csv', csvOf(people(100_000)).replaceAll(/,(P\d+),/g, ',"$1",')));
});
afterEach(() => reader.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started = (options: Partial<ReaderOptions> = {}) =>
  (reader = new Reader({ reads: [sent], writes: [kept], memory: 200e6, temporary: folder, ...options }));

const people = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ ...ordinary, person_id: `P${i}`, assignment_id: `A${i}` }));

const write = (name: string, content: string | Buffer, into = sent) => {
  const path = join(into, name);
  writeFileSync(path, content);
  return path;
};

async function received(path: string): Promise<ReceivedFile> {
  const { files, refusals } = await receive([path]);
  if (refusals[0]) throw refusals[0];
  return files[0]!;
}

let long: ReceivedFile;
const refused = (reading: Promise<unknown>) =>
  reading.then(
    () => expect.fail('was read'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ExtractRefusal);
      return error as ExtractRefusal;
    },
  );

describe('a reader', () => {
  test('finds in a file what `check` finds, in any format, and leaves the same rows', async () => {
    const text = csvOf([...people(50), { ...ordinary, sex: 'x' }]);
    const csv = write('plain.csv', text);
    const parquet = join(sent, 'typed.parquet');
    await connection.run(`copy (from read_csv('${csv}', all_varchar = true)) to '${parquet}' (format parquet)`);
    const paths = [
      csv,
      write('quoted.csv', text.replaceAll('P4', '"P4"')),
      write('packed.csv.gz', gzipSync(text)),
      parquet,
    ];
    for (const path of paths) {
      const file = await received(path);
      expect(await started().columns(parquet, 1)).toEqual(text.split('\n')[0]!.split(','));
      const rows = async () => {
        const found = await connection.runAndReadAll(
          'select workforce, (from quarantine select list(quarantine)) from workforce order by line',
        );
        for (const table of ['workforce', 'quarantine']) await connection.run(`delete from ${table}`);
        return JSON.stringify(found.getRowsJson());
      };
      const { milliseconds: _, ...here } = await check(file, connection);
      const rowsHere = await rows();
      expect(await reader.check(file, { received: kept })).toMatchObject(here);
      await takeKept(connection, kept, [file], 'workforce', 'quarantine');
      expect(await rows(), path).toBe(rowsHere);
      await reader.close();
    }
  });

  test.each(['SIGSEGV', 'SIGKILL', 'SIGABRT'] as const)(
    'that is stopped by %s in the middle of a file is replaced, and the file is named with what happened',
    async (signal) => {
      const other = await received(write('other.csv', csvOf(people(3))));
      let pid: number | undefined;
      const onProgress = () => {
        if (pid === undefined) process.kill((pid = reader.pid!), signal);
      };
      const refusal = await refused(started().check(long, { onProgress }));
      expect(refusal).toMatchObject({ code: 'crashed', file: 'long.csv' });
      expect(refusal.message).toBe(`long.csv: The process that read it was stopped by signal ${signal}.`);
      expect(refusal.remedy).toContain('exported anew');
      expect(await reader.check(other)).toMatchObject({ loaded: 3 });
      expect(reader.pid).not.toBe(pid);
    },
  );

  test('that takes longer than its time is stopped, and the next file is read', async () => {
    expect(await refused(started({ limits: { seconds: 0.5 } }).check(long))).toMatchObject({
      code: 'too_slow',
      message: 'long.csv: Reading it took longer than 0.5 seconds and was stopped.',
    });
    expect(await reader.check(await received(write('other.csv', csvOf(people(3)))))).toMatchObject({ loaded: 3 });
  });

  test.runIf(onLinux)('that holds more than its memory is stopped', async () => {
    expect(await refused(started({ limits: { memory: 120e6 } }).check(long))).toMatchObject({
      code: 'memory',
      message: 'long.csv: Reading it took more than 120 MB of memory and was stopped.',
    });
    expect(reader.peakMemory).toBeGreaterThan(120e6);
  });

  test('is given a Parquet file of a few kilobytes that would fill any memory, and refuses that file alone', async () => {
    const path = join(sent, 'bomb.parquet');
    const columns = Object.entries(ordinary).map(([name, value]) => `'${value}' as ${name}`);
    const heavy = columns.map((column) => (column.endsWith(' person_id') ? `repeat('x', 60000) as person_id` : column));
    await connection.run(
      `copy (select ${heavy.join(', ')} from range(10000)) to '${path}' (format parquet, compression zstd)`,
    );
    const file = await received(path);
    expect(file.bytes).toBeLessThan(300_000);
    expect(await refused(started({ limits: { spill: 50e6 } }).check(file))).toMatchObject({
      code: 'memory',
      message: 'bomb.parquet: Reading it took more room on disk than a file of its size may and was stopped.',
    });
    expect(await reader.check(await received(write('other.csv', csvOf(people(3)))))).toMatchObject({ loaded: 3 });
  });

  test('may take as long as a slow machine needs for the size of the file', () => {
    expect(secondsFor({ path: 'a.csv', bytes: 10e6 })).toBe(160);
    expect(secondsFor({ path: 'a.csv.gz', bytes: 10e6 })).toBe(1060);
  });
});

describe('a reader has no reach beyond its files', () => {
  test('it can read none but those it was started for, and write to no other folder', async () => {
    const text = csvOf(people(3));
    const elsewhere = await received(write('elsewhere.csv', text, outside));
    expect(await refused(started().check(elsewhere))).toMatchObject({ code: 'unreadable' });
    const parquet = join(outside, 'elsewhere.parquet');
    await connection.run(
      `copy (from read_csv('${elsewhere.path}', all_varchar = true)) to '${parquet}' (format parquet)`,
    );
    expect(await refused(reader.columns(parquet, 1))).toMatchObject({ code: 'unreadable' });
    const own = await received(write('own.csv', text));
    expect(await refused(reader.check(own, { received: outside }))).toMatchObject({ code: 'crashed' });
    expect(await reader.check(own, { received: kept })).toMatchObject({ loaded: 3 });
  });

  test.runIf(onLinux)(
    'it has no secret in its environment, leaves no memory dump, and is the first to go when memory runs out',
    async () => {
      process.env.AHP_SECRET = 'not to be handed on';
      await started().check(await received(write('own.csv', csvOf(people(3)))));
      delete process.env.AHP_SECRET;
      const proc = (name: string) => readFileSync(`/proc/${reader.pid}/${name}`, 'latin1');
      const names = proc('environ')
        .split('\0')
        .map((line) => line.split('=')[0]);
      expect(names.filter((name) => !/^(UV_|NODE_CHANNEL_|PWD$|$)/.test(name!))).toEqual([]);
      expect(proc('limits')).toMatch(/Max core file size +0 +0 /);
      expect(proc('oom_score_adj').trim()).toBe('1000');
    },
  );

  test.runIf(mayUnshare)('it has no network', async () => {
    await started().check(await received(write('own.csv', csvOf(people(3)))));
    expect(readlinkSync(`/proc/${reader.pid}/ns/net`)).not.toBe(readlinkSync('/proc/self/ns/net'));
  });
});
