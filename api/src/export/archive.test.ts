import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import type { Json } from '../../test/json.ts';
import { jsonStatSchema } from '../../test/json-stat-schema.ts';
import { startServing, type Serving } from '../../test/serve.ts';

/** A reader of JSON-stat; it has no types. */
const JSONstat = createRequire(import.meta.url)('jsonstat-toolkit') as (cube: Json) => Json;

let built: Built;
let serving: Serving;
beforeAll(async () => {
  built = await buildData();
  serving = await startServing(built.data);
});
afterAll(async () => {
  await serving.close();
  built.remove();
});

const query =
  '{ turnover(by: [NATION, PROFESSION], first: 20, rest: true, totals: true, period: { last: { count: 2, grain: QUARTER } }) { ... on TurnoverTable { rows { isTotal isRest area { code } profession { code } period { start end } leaverRate { value status } headcount { value interval { lower } } } } } }';
const get = (format: string, document = query) =>
  fetch(`${serving.url}/export.${format}?${new URLSearchParams({ query: document })}`);
const rowsOf = async () => ((await (await serving.post({ query })).json()) as Json).data.turnover.rows as Json[];

test('a ZIP holds the CSV file, what its columns mean, a README and checksums', async () => {
  const files = unzipSync(new Uint8Array(await (await get('zip')).arrayBuffer()));
  expect(Object.keys(files)).toEqual(['turnover.csv', 'turnover.csv-metadata.json', 'README.md', 'SHA256SUMS']);
  expect(Buffer.from(files['turnover.csv']!).equals(Buffer.from(await (await get('csv')).arrayBuffer()))).toBe(true);
  const csvw = JSON.parse(strFromU8(files['turnover.csv-metadata.json']!)) as Json;
  const [header] = strFromU8(files['turnover.csv']!).replace('\ufeff', '').split('\r\n');
  expect(csvw.tableSchema.columns.map(({ titles }: Json) => titles).join(',')).toBe(header);
  expect(csvw).toMatchObject({ '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }], url: 'turnover.csv' });
  expect(strFromU8(files['README.md']!)).toMatch(
    /20 of \d+ groups[\s\S]*Release: 1\.0\.0[\s\S]*OGL v3[\s\S]*\[c\]: [\s\S]*turnover\(by/,
  );
  for (const line of strFromU8(files['SHA256SUMS']!).trimEnd().split('\n')) {
    const [sum, name] = line.split('  ');
    expect(createHash('sha256').update(files[name!]!).digest('hex')).toBe(sum);
  }
});

test('JSON-stat is valid, and a reader finds each figure of the answer in it', async () => {
  const cube = (await (await get('json-stat')).json()) as Json;
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(jsonStatSchema);
  expect(isValid(cube), JSON.stringify(isValid.errors)).toBe(true);
  const dataset = JSONstat(cube).Dataset(0);
  const rows = await rowsOf();
  let withheld = 0;
  for (const row of rows) {
    const at = {
      area: row.isRest ? '_O' : row.area.code,
      profession: row.profession?.code ?? (row.isTotal ? '_T' : '_O'),
      period: `${row.period.start}/${row.period.end}`,
    };
    const rate = dataset.Data({ ...at, measure: 'leaver_rate.NHSE_AVERAGE.ORGANISATION' });
    expect(rate.value).toBe(row.leaverRate.value);
    if (rate.value === null) {
      withheld += 1;
      expect(rate.status).toBe(row.leaverRate.status);
    }
    expect(dataset.Data({ ...at, measure: 'headcount' }).value).toBe(row.headcount.value);
    expect(dataset.Data({ ...at, measure: 'headcount.lower' }).value).toBe(row.headcount.interval?.lower ?? null);
  }
  expect([rows.length > 6, withheld > 0, cube.extension.release]).toEqual([true, true, '1.0.0']);
});

test('an answer without such rows is no JSON-stat, and says what to take', async () => {
  const response = await get('json-stat', '{ me { audience { id } } }');
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('take this answer as CSV or JSON'),
  ]);
});
