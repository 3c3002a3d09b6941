import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import type { Extract } from '../extracts/extract.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { randomStream } from '../sample/random.ts';
import { receive } from '../steps/receive.ts';
import { Reader } from './reader.ts';

/** Damaged files that are read; AHP_FUZZ=20000 for the long run. */
const files = Number(process.env.AHP_FUZZ ?? 600);

const people: Extract = {
  name: 'people',
  title: 'People',
  meaning: 'People.',
  grain: 'one row each',
  key: ['person'],
  columns: [
    { name: 'person', kind: 'text', required: true, filled: true, meaning: 'Who.', example: 'P1' },
    { name: 'start', kind: 'date', required: true, meaning: 'Since when.', example: '2020-01-31' },
    { name: 'fte', kind: 'decimal', required: true, minimum: 0, maximum: 1, meaning: 'How much.', example: '0.8' },
    { name: 'sex', kind: 'code', required: true, codes: ['female', 'male'], meaning: 'Sex.', example: 'male' },
  ],
};
const options = { layouts: [{ id: 'contract', title: 'People', extract: 'people' }], extractOf: () => people };

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const readers = [1, 2].map(() => new Reader({ reads: [folder], memory: 200e6, temporary: join(folder, 'spill') }));
afterAll(async () => {
  await Promise.all(readers.map((reader) => reader.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function whole(): Promise<{ ending: string; bytes: Buffer }[]> {
  const row = (i: number) => `P${i},20${10 + (i % 10)}-01-31,0.${1 + (i % 9)},${i % 3 ? 'female' : 'male'}`;
  const rows = Array.from({ length: 200 }, (_, i) => row(i));
  const csv = `person,start,fte,sex\n${rows.join('\n')}\n`;
  const quoted = csv.replaceAll(/P(\d+)/g, '"P, $1"');
  const typed = join(folder, 'typed.parquet');
  const plain = join(folder, 'plain.csv');
  writeFileSync(plain, csv);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const write = async (how: string) => {
    await connection.run(`copy (from read_csv('${plain}', header = true)) to '${typed}' (format parquet, ${how})`);
    return { ending: '.parquet', bytes: readFileSync(typed) };
  };
  return [
    { ending: '.csv', bytes: Buffer.from(csv) },
    { ending: '.csv', bytes: Buffer.from(quoted) },
    { ending: '.csv.gz', bytes: gzipSync(csv) },
    await write('compression snappy'),
    await write('compression zstd, row_group_size 2048, parquet_version v2'),
    await write('compression uncompressed, dictionary_size_limit 1'),
  ];
}

const random = randomStream(11, 'fuzz');
const below = (n: number) => Math.floor(random.next() * n);

/**
 * Flips, overwrites, repeats, removes or cuts, once to four times; mostly behind the header of a text, and in the last part of Parquet, where the
 * lengths and offsets are.
 */
function damaged(bytes: Buffer, ending: string): Buffer {
  if (ending === '.csv.gz' && random.next() < 0.5) return gzipSync(damaged(gunzipSync(bytes), '.csv'));
  let made = Buffer.from(bytes);
  for (let times = 1 + below(4); times > 0; times -= 1) {
    const usual = random.next() < 0.8;
    const late = usual && ending === '.parquet' ? Math.max(0, made.length - 900) : 0;
    const start = usual && ending === '.csv' ? Math.min(22, made.length - 1) : late;
    const from = start + below(made.length - start);
    const to = Math.min(made.length, from + 1 + below(64));
    const kind = below(6);
    if (kind === 0) made[from]! ^= 1 << below(8);
    else if (kind === 1) made[from] = [0, 0x22, 0x0a, 0x2c, 0x7f, 0x80, 0xff, 0xef][below(8)]!;
    else if (kind === 2) made.fill(below(256), from, to);
    else if (kind === 3) made = Buffer.concat([made.subarray(0, to), made.subarray(from)]);
    else if (kind === 4) made = Buffer.concat([made.subarray(0, from), made.subarray(to)]);
    else made = Buffer.concat([made.subarray(0, from), made.subarray(below(made.length))]);
    if (made.length === 0) made = Buffer.from([0]);
  }
  return made;
}

type Outcome = 'loaded' | 'some quarantined' | 'refused' | 'ended its reader';

test(
  `each of ${files} damaged files is loaded, quarantined or refused, whatever it does to its reader`,
  { timeout: 60_000 + files * 100 },
  async () => {
    const seeds = await whole();
    const outcomes: Record<Outcome, number> = { loaded: 0, 'some quarantined': 0, refused: 0, 'ended its reader': 0 };
    let next = 0;
    await Promise.all(
      readers.map(async (reader) => {
        while (next < files) {
          const { ending, bytes } = seeds[next % seeds.length]!;
          const path = join(folder, `${(next += 1)}${ending}`);
          writeFileSync(path, damaged(bytes, ending));
          outcomes[await outcome(reader, path)] += 1;
          rmSync(path);
        }
      }),
    );
    console.log(`${files} damaged files:`, outcomes);
    expect(Object.values(outcomes).reduce((sum, n) => sum + n)).toBe(files);
    for (const kind of ['loaded', 'some quarantined', 'refused'] as const)
      expect(outcomes[kind]).toBeGreaterThan(files / 50);
  },
);

async function outcome(reader: Reader, path: string): Promise<Outcome> {
  try {
    const parquetColumns = (path: string, bytes: number) => reader.columns(path, bytes);
    const { files, refusals } = await receive([path], { ...options, parquetColumns });
    if (refusals[0]) throw refusals[0];
    const { read, loaded, quarantined } = await reader.check(files[0]!);
    expect(read).toBe(loaded + quarantined);
    return quarantined > 0 ? 'some quarantined' : 'loaded';
  } catch (error) {
    expect(error).toBeInstanceOf(ExtractRefusal);
    const { code, remedy, message } = error as ExtractRefusal;
    expect(remedy).not.toBe('');
    if (!['crashed', 'memory', 'too_slow'].includes(code)) return 'refused';
    console.log(message);
    return 'ended its reader';
  }
}
