import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { afterAll, expect, test } from 'vitest';
import type { QualityEntry } from '../src/releases/quality.ts';
import { etl } from './etl.ts';

const folder = mkdtempSync(join(tmpdir(), 'totals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header =
  'PERIOD,TYPE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,REPORTING_ORG_NAME,REPORTING_ORG_CODE,CLUSTER_GROUP,BENCHMARK_GROUP,STAFF_GROUP_1_NAME,HC,FTE';
const types = ['Denominator at start of period', 'Denominator at end of period'];

/** Rows of an organisation at both ends: people of two groups and the total printed for them, with as many FTE. */
const rowsOf = (code: string, parts: readonly [number, number], total: number | null) =>
  types.flatMap((type) =>
    [
      ['Nurses', parts[0]],
      ['Support to ST&T staff', parts[1]],
      ['All staff groups', total],
    ].flatMap(([group, n]) =>
      n === null
        ? []
        : [`202510 to 202511,${type},Y56,London,QKK,South East London,Trust ${code},${code},Acute,,${group},${n},${n}`],
    ),
  );

const build = async (files: readonly string[], ...more: string[]) => {
  const { out, err, code } = await etl([
    'build',
    '--extracts',
    ...files,
    '--data',
    join(folder, 'none'),
    '--dry-run',
    ...more,
  ]);
  expect(code, err).toBe(0);
  return out;
};
/** What the report of a build from the files says of totals. */
const totals = async (files: readonly string[]) =>
  (JSON.parse(await build(files, '--json')) as { quality: QualityEntry[] }).quality.filter(
    ({ section }) => section === 'total',
  );

test('a total that is not the sum of its parts by more than max(5, 3 %), or not printed, is told on loading and in the report', async () => {
  const path = join(folder, 'turnover.csv');
  const rows = [
    ...rowsOf('RAA', [40, 60], 100),
    ...rowsOf('RBB', [41, 64], 100), // 5: not more than five
    ...rowsOf('RCC', [41, 65], 100), // 6 and 6 %
    ...rowsOf('RDD', [430, 600], 1000), // 30: not more than 3 %
    ...rowsOf('REE', [430, 601], 1000), // 31
    ...rowsOf('RFF', [20, 30], 100), // half of the rows lost
    ...rowsOf('RGG', [20, 30], null),
  ];
  writeFileSync(path, [header, ...rows, ''].join('\n'));
  const entries = await totals([path]);
  const alerts = entries.filter(({ alert }) => alert);
  const stock = alerts.filter(({ item }) => item.startsWith('headcount ') || item.startsWith('headcount_start '));
  expect(new Set(alerts.map(({ area }) => area))).toEqual(new Set(['RCC', 'REE', 'RFF', 'RGG']));
  expect(stock.map(({ area, value, note }) => [area, value, note])).toEqual(
    expect.arrayContaining([
      ['RCC', 6, 'parts 106, printed total 100'],
      ['REE', 31, 'parts 1,031, printed total 1,000'],
      ['RFF', -50, 'parts 50, printed total 100'],
      ['RGG', null, 'parts 50, no total printed'],
    ]),
  );
  expect(await build([path])).toMatch(
    /\d+ of \d+ printed totals differ from the sum of their parts in NHS workforce turnover benchmarking/,
  );
  expect(entries.filter(({ alert }) => !alert)).toMatchObject([{ area: 'nhse_turnover', value: alerts.length }]);
});

const published = sharedData('published/england-turnover');
test.skipIf(!published)(
  published
    ? 'the totals printed for November 2025 are the sums of their parts, for every organisation'
    : skipReason('published/england-turnover'),
  async () => {
    const entries = await totals(readdirSync(published!).map((name) => join(published!, name)));
    expect(entries).toMatchObject([{ alert: false, value: 0, note: expect.stringMatching(/^of 1,976/) }]);
  },
);
