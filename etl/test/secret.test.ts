import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { currentVersion, readManifest, releaseFolder } from '../src/releases/folder.ts';
import { filesIn, privateFolder } from '../src/releases/private-part.ts';
import type { BuildReport } from '../src/commands/build.ts';
import { etl, testSecret } from './etl.ts';

const folder = mkdtempSync(join(tmpdir(), 'secret-'));
const [extracts, data] = ['extracts', 'data'].map((name) => join(folder, name)) as [string, string];
const secret = join(data, 'secret');
/** The secret of these tests is the file of the data folder, as in operation. */
const run = (...args: string[]) => etl([...args, '--data', data], { env: { AHP_SECRET: '' } });

async function build(...flags: string[]): Promise<BuildReport> {
  const { code, out, err } = await run('build', '--extracts', extracts, '--json', ...flags);
  expect(code, err).toBe(0);
  return JSON.parse(out) as BuildReport;
}

/** How many public headcounts of 20 people or more at the end of a period two releases have, and how many of them are equal. */
async function compared(a: string, b: string, periodEnd: string): Promise<{ cells: number; alike: number }> {
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  for (const [name, version] of Object.entries({ a, b }))
    await connection.run(`attach '${join(releaseFolder(data, version), 'public.duckdb')}' as ${name} (read_only)`);
  const cells = (name: string) =>
    `(select "set"::varchar || '|' || grain::varchar || '|' || level::varchar || '|' || area::varchar || '|' || coalesce(a::varchar, '') || '|' || coalesce(b::varchar, '') || '|' || coalesce(c::varchar, '') as cell, value
      from ${name}.cell where tally = 'headcount' and period_end = date '${periodEnd}') as cells_${name}`;
  const [row] = await rowsOf<{ cells: number; alike: number }>(
    connection,
    `select count(*)::integer as cells, count(*) filter (where cells_a.value = cells_b.value)::integer as alike
     from ${cells('a')} join ${cells('b')} on cells_a.cell = cells_b.cell where cells_a.value >= 20`,
  );
  connection.closeSync();
  instance.closeSync();
  return row!;
}

/** Gives the n-th person of a month another band, or back the one before. */
function correct(month: string, n: number): () => void {
  const path = join(extracts, `workforce-${month}-synthetic.csv`);
  const before = readFileSync(path, 'utf8');
  const lines = before.split('\n');
  const band = lines[0]!.split(',').indexOf('band');
  const row = lines.slice(1).filter((line) => line.split(',')[band] === '3')[n]!;
  writeFileSync(path, before.replace(row, row.split(',').with(band, '4').join(',')));
  return () => writeFileSync(path, before);
}

/** What the manifest of a release says to everybody, but for what differs between any two builds. */
function saidToAll(version: string): object {
  const { files, ...manifest } = readManifest(data, version);
  const builtAnew = [
    'version',
    'createdAt',
    'approvedAt',
    'publishedAt',
    'replaces',
    'comparedWith',
    'steps',
    'signature',
  ];
  return {
    ...Object.fromEntries(Object.entries(manifest).filter(([name]) => !builtAnew.includes(name))),
    files: Object.entries(files).map(([name, { rows, cells, content }]) => ({ name, rows, cells, content })),
  };
}

let first: BuildReport;
beforeAll(async () => {
  mkdirSync(data);
  // The same in every run, so that a test that fails fails again.
  writeFileSync(secret, createHash('sha256').update('the first secret of these tests').digest('hex'), { mode: 0o600 });
  await etl(['sample', '--people', '1000', '--months', '4', '--seed', '5', '--out', extracts]);
  first = await build();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const drawn = join(data, 'drawn');
const periodEnds = ['2025-12-31', '2026-03-31'];
async function expectAlike(a: string, b: string): Promise<void> {
  for (const periodEnd of periodEnds) {
    const { cells, alike } = await compared(a, b, periodEnd);
    expect(cells).toBeGreaterThan(100);
    expect(alike).toBe(cells);
  }
}

describe('revising a period', () => {
  let revised: BuildReport;
  let undo: () => void;
  beforeAll(async () => {
    undo = correct('2025-12', 0);
    revised = await build();
  });

  test('of one person shows nowhere but in the employer’s own figures', async () => {
    await expectAlike(first.version, revised.version);
    for (const audience of ['public', 'trusted'])
      expect(revised.files[`${audience}.duckdb`]!.cells).toBe(first.files[`${audience}.duckdb`]!.cells);
    expect(revised.own.digest).not.toBe(first.own.digest);
    expect(saidToAll(revised.version)).toEqual(saidToAll(first.version));
    const check = revised.checks.find(({ id }) => id === 'revision')!;
    expect(check.figure).toMatch(/^public: 0 of [\d,]{4,} cells that moved by less than 5 show it/);
  });

  test('keeps the private part where its owner alone can read it, a file for each employer, and never beside the release', () => {
    const part = privateFolder(data, revised.version);
    for (const path of [dirname(part), part]) expect(statSync(path).mode & 0o777).toBe(0o700);
    const names = filesIn(part);
    for (const name of names) expect(statSync(join(part, name)).mode & 0o777, name).toBe(0o600);
    expect(names.filter((name) => name.startsWith('cell/area=')).length).toBeGreaterThan(10);
    expect(readdirSync(releaseFolder(data, revised.version)).sort()).toEqual([
      'manifest.json',
      'public.duckdb',
      'trusted.duckdb',
    ]);
  });

  test('keeps what was drawn from where its owner alone can read it, and never beside the release', () => {
    expect(statSync(drawn).mode & 0o777).toBe(0o700);
    for (const version of [first.version, revised.version])
      expect(statSync(join(drawn, `${version}.parquet`)).mode & 0o777).toBe(0o600);
  });

  test('remembers what was drawn for a release that was withdrawn and pruned', async () => {
    expect((await run('releases', 'rollback', '--withdraw')).code).toBe(0);
    expect((await run('releases', 'prune', '--keep', '1', '--yes')).code).toBe(0);
    expect(existsSync(releaseFolder(data, revised.version))).toBe(false);
    expect(existsSync(join(drawn, `${revised.version}.parquet`))).toBe(true);
    undo();
    undo = correct('2025-12', 1);
    await expectAlike(first.version, (await build()).version);
  });

  test('that goes back to what was published gives the figures of then', async () => {
    undo();
    await expectAlike(first.version, (await build()).version);
  });
});

describe('a secret that is lost', () => {
  test('stops a build, which makes no other in its place', async () => {
    const kept = readFileSync(secret, 'utf8');
    const current = currentVersion(data);
    rmSync(secret);
    const { code, err } = await run('build', '--extracts', extracts);
    expect(code).toBe(1);
    expect(err).toMatch(/was made with a secret \(fingerprint [0-9a-f]{16}\) that is gone from .*secret: put it back/);
    expect(existsSync(secret)).toBe(false);
    expect(currentVersion(data)).toBe(current);
    writeFileSync(secret, kept, { mode: 0o600 });
  });
});

describe('another secret', () => {
  let before: string;
  beforeAll(() => {
    before = currentVersion(data)!;
    writeFileSync(secret, `${testSecret.AHP_SECRET}\n`, { mode: 0o600 });
  });

  test('is refused, naming both fingerprints and never a secret', async () => {
    const { code, err } = await run('build', '--extracts', extracts);
    expect(code).toBe(1);
    expect(err).toMatch(/secret is not the one that release [\d.]+ was made with \(fingerprints [0-9a-f]{16} and/);
    expect(err).toContain('--rekey');
    expect(err).not.toContain(testSecret.AHP_SECRET.slice(0, 12));
    expect(currentVersion(data)).toBe(before);
  });

  test('is accepted with --rekey: what was published before stays as it is', async () => {
    const rotated = await build('--rekey', '--title', 'With another secret');
    const earlier = JSON.parse(readFileSync(join(releaseFolder(data, before), 'manifest.json'), 'utf8')) as BuildReport;
    expect(rotated.secretFingerprint).not.toBe(earlier.secretFingerprint);
    await expectAlike(before, rotated.version);
  });

  test('needs --rekey once', async () => {
    const { code, out } = await run('build', '--extracts', extracts, '--title', 'With another secret');
    expect(code).toBe(0);
    expect(out).toContain('stays');
  });
});
