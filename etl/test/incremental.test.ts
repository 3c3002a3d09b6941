import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffReleases } from '../src/releases/diff.ts';
import { listReleases, readManifest } from '../src/releases/folder.ts';
import type { BuildReport } from '../src/commands/build.ts';
import { etl } from './etl.ts';

const folder = mkdtempSync(join(tmpdir(), 'incremental-'));
const [extracts, data, other] = ['extracts', 'data', 'other'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const last = 'workforce-2026-03-synthetic.csv';
const kept = () =>
  Object.fromEntries(
    readdirSync(join(data, 'received')).map((name) => [name, statSync(join(data, 'received', name)).mtimeMs]),
  );
const build = async (into: string, ...more: string[]): Promise<BuildReport> => {
  const { code, out, err } = await etl(['build', '--extracts', extracts, '--data', into, '--json', ...more]);
  expect(code, err).toBe(0);
  return JSON.parse(out) as BuildReport;
};

let before: ReturnType<typeof kept>;
let first: BuildReport;
let second: BuildReport;
beforeAll(async () => {
  await etl(['sample', '--people', '300', '--months', '4', '--seed', '3', '--out', extracts]);
  renameSync(join(extracts, last), join(folder, last));
  first = await build(data);
  before = kept();
  copyFileSync(join(folder, last), join(extracts, last));
  second = await build(data);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('adding one month reads that month and takes all other files as they were kept', () => {
  expect(first.inputs.every((input) => !input.kept)).toBe(true);
  expect(second.inputs.filter((input) => !input.kept).map(({ file }) => file)).toEqual([last]);
  const after = kept();
  expect(Object.keys(before).every((name) => after[name] === before[name])).toBe(true);
  expect(Object.keys(after).filter((name) => !(name in before) && name.endsWith('.json'))).toHaveLength(1);
});

test('the release of the added month has the bytes of a full build, cell for cell and list for list', async () => {
  const full = await build(other);
  expect(full.inputs.every((input) => !input.kept)).toBe(true);
  for (const [name, { cells, content, rows }] of Object.entries(full.files))
    expect(second.files[name], name).toMatchObject({ cells, content, rows });
});

test('the added month is a minor version, told as an added period', async () => {
  expect([first.version, second.version]).toEqual(['1.0.0', '1.1.0']);
  expect(second.changes).toContainEqual({ kind: 'added', subject: 'period', detail: 'month to 2026-03-31' });
  const { removed, relabelled } = await diffReleases(data, '1.0.0', '1.1.0', 'public');
  expect([...removed, ...relabelled]).toEqual([]);
});

test('the same files again, in another order, say nothing new: there is no new release', async () => {
  const paths = readdirSync(extracts)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(extracts, name));
  const { code, out } = await etl(['build', '--extracts', ...paths.toReversed(), '--data', data]);
  expect(code).toBe(0);
  expect(out).toContain('Release 1.1.0 (synthetic) stays');
  expect(listReleases(data).map(({ version }) => version)).toEqual(['1.0.0', '1.1.0']);
  expect(readManifest(data, '1.1.0').createdAt).toBe(second.createdAt);
});

describe('a folder that holds the newest file alone', () => {
  const newest = join(folder, 'newest');
  const sickness = (name: string, day: string) =>
    writeFileSync(
      join(newest, name),
      `DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n${day},Y56,London,QKK,South East London,RJ1,Guy’s,Acute,10,200,5\n`,
    );
  const refused = async (into: string, ...more: string[]) => {
    const { code, err } = await etl(['build', '--extracts', newest, '--data', into, ...more]);
    const checked = await etl(['check', newest, '--data', into, ...more]);
    expect([code, checked.code]).toEqual([1, 1]);
    const [refusal] = /Periods of release[^]*--fewer-periods/.exec(err)!;
    for (const line of refusal.split('\n').map((line) => line.replace(/^  · /, '')))
      expect(checked.out).toContain(line);
    return refusal;
  };
  beforeAll(() => {
    mkdirSync(newest);
    for (const name of [last, 'organisations-synthetic.csv']) copyFileSync(join(extracts, name), join(newest, name));
  });

  test('is refused with the periods that would vanish, extract by extract, and the release stays', async () => {
    const refusal = await refused(data);
    expect(refusal).toContain('workforce: the months to 2025-11-30, 2025-12-31, 2026-01-31 and 2026-02-28.');
    for (const extract of ['establishment', 'plan', 'retention', 'training']) expect(refusal).toContain(`${extract}: `);
    expect(listReleases(data).map(({ version }) => version)).toEqual(['1.0.0', '1.1.0']);
  });

  test('makes a release without them when that is meant, which the folder with all of them then adds to', async () => {
    const home = join(folder, 'fewer');
    cpSync(data, home, { recursive: true });
    const { code, out, err } = await etl(['build', '--extracts', newest, '--data', home, '--fewer-periods', '--json']);
    expect(code, err).toBe(0);
    const fewer = JSON.parse(out) as BuildReport;
    expect(fewer.version).toBe('2.0.0');
    expect(fewer.changes).toContainEqual({ kind: 'removed', subject: 'period', detail: 'month to 2026-02-28' });
    expect((await build(home)).version).toBe('2.1.0');
  });

  test('counts for publications too: a month of one that is there no more is named', async () => {
    const home = join(folder, 'published');
    for (const name of [last, 'organisations-synthetic.csv']) rmSync(join(newest, name));
    sickness('april.csv', '30/04/2024');
    sickness('may.csv', '31/05/2024');
    const first = await etl(['build', '--extracts', newest, '--data', home]);
    expect(first.code, first.err).toBe(0);
    rmSync(join(newest, 'april.csv'));
    expect(await refused(home)).toContain('nhse_sickness: the month to 2024-04-30.');
    expect((await etl(['build', '--extracts', newest, '--data', home, '--fewer-periods'])).code).toBe(0);
  });
});

test('a corrected file is read again alone and makes a patch that revises its own periods only', async () => {
  const path = join(extracts, last);
  const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const fte = header!.split(',').indexOf('contracted_fte');
  const corrected = rows.map((row) => row.split(',').with(fte, '0.25000').join(','));
  writeFileSync(path, `${[header, ...corrected].join('\n')}\n`);
  const accepted = ['england', 'wales', 'scotland', 'northern_ireland'].flatMap((nation) => [
    '--accept',
    `fte:${nation}:2026-03`,
  ]);
  const third = await build(data, ...accepted, '--because', 'Contracts were halved in March.');
  expect(third.version).toBe('1.1.1');
  expect(third.inputs.filter((input) => !input.kept).map(({ file }) => file)).toEqual([last]);
  const { added, removed, relabelled, revised } = await diffReleases(data, '1.1.0', '1.1.1', 'public');
  expect([...added, ...removed, ...relabelled]).toEqual([]);
  expect(new Set(revised.map(({ periodEnd, unit }) => `${periodEnd} ${unit}`))).toContain('2026-03-31 FTE');
  expect(new Set(revised.map(({ periodEnd }) => periodEnd))).toEqual(new Set(['2026-03-31']));
});
