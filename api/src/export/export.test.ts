import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { keys, startServing, type Serving } from '../../test/serve.ts';
import { csvOf } from './csv.ts';
import { tablesIn } from './tables.ts';
import type { Json } from '../../test/json.ts';

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

const question =
  '{ turnover(by: [NATION, PROFESSION]) { ... on TurnoverTable { rows { area { label } profession { label } leaverRate { value status display } } } ... on QueryRefused { message } } }';
const get = (path: string, parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${serving.url}${path}?${new URLSearchParams(parameters)}`, { headers });

test('the file holds the numbers of the answer, and a status beside every empty one', async () => {
  const { data } = (await (await serving.post({ query: question })).json()) as Json;
  const response = await get('/export.csv', { query: question });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  expect(text.startsWith('\ufeff')).toBe(true);
  const [header, ...lines] = text.slice(1).trim().split('\r\n');
  expect(header).toBe('area.label,profession.label,leaverRate.value,leaverRate.status,leaverRate.display');
  expect(lines).toEqual(
    data.turnover.rows.map(({ area, profession, leaverRate }: Json) =>
      [area.label, profession.label, leaverRate.value ?? '', leaverRate.status, leaverRate.display].join(','),
    ),
  );
  const empty = lines.filter((line) => line.split(',')[2] === '');
  expect(empty.length).toBeGreaterThan(0);
  for (const line of empty) expect(line).toMatch(/,,(CONFIDENTIAL,\[c\]|NOT_APPLICABLE,\[z\]|NOT_AVAILABLE,\[x\])$/);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="ahp-support-workforce-1.0.0.csv"');
});

test('JSON is the same data', async () => {
  const { data } = (await (await serving.post({ query: question })).json()) as Json;
  expect(await (await get('/export.json', { query: question })).json()).toEqual(data);
});

test('Parquet has the same columns and numbers, typed, and nothing for what is withheld', async () => {
  const { data } = (await (await serving.post({ query: question })).json()) as Json;
  const response = await get('/export.parquet', { query: question });
  expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet');
  const folder = mkdtempSync(join(tmpdir(), 'ahp-export-'));
  const path = join(folder, 'answer.parquet');
  writeFileSync(path, Buffer.from(await response.arrayBuffer()));
  const connection = await (await openWorkshop(':memory:')).connect();
  const rows = await rowsOf<Json>(connection, `from '${path}'`);
  const types = await rowsOf<Json>(connection, `describe from '${path}'`);
  connection.closeSync();
  rmSync(folder, { recursive: true });
  expect(rows).toEqual(
    data.turnover.rows.map(({ area, profession, leaverRate }: Json) => ({
      'area.label': area.label,
      'profession.label': profession.label,
      'leaverRate.value': leaverRate.value,
      'leaverRate.status': leaverRate.status,
      'leaverRate.display': leaverRate.display,
    })),
  );
  expect(types.map(({ column_type }) => column_type)).toEqual(['VARCHAR', 'VARCHAR', 'DOUBLE', 'VARCHAR', 'VARCHAR']);
  const two = await get('/export.parquet', {
    query: `{ a: staff { ... on StaffTable { cost } } b: staff { ... on StaffTable { cost } } }`,
  });
  expect(two.status).toBe(400);
  expect(await two.text()).toContain('ask for one of a, b');
});

test('the rules are those of a page: keys, refusals, limits and variables', async () => {
  const withVariables =
    'query($by: [Dimension!]) { staff(by: $by) { ... on StaffTable { rows { headcount { display } } } ... on QueryRefused { message } } }';
  expect((await get('/export.csv', { query: withVariables, variables: '{"by":["NATION"]}' })).status).toBe(200);
  expect(
    (await get('/export.csv', { query: withVariables, variables: '{"by":["ORGANISATION","PROFESSION","BAND"]}' }))
      .status,
  ).toBe(422);
  expect((await get('/export.csv', { query: withVariables, variables: 'x' })).status).toBe(400);
  expect((await get('/export.csv', { query: '{ nothing }' })).status).toBe(400);
  expect((await get('/export.csv', {})).status).toBe(400);
  expect((await get('/export.csv', { query: question }, { authorization: `Bearer ${keys.expired}` })).status).toBe(401);
  const own = await get(
    '/export.csv',
    { query: '{ staff { ... on StaffTable { rows { area { code } } } } }' },
    { authorization: `Bearer ${keys.own}` },
  );
  expect(await own.text()).toContain('RAA');
});

test('a file that was fetched before is not sent again', async () => {
  const etag = (await get('/export.csv', { query: question })).headers.get('etag')!;
  expect((await get('/export.csv', { query: question }, { 'if-none-match': etag })).status).toBe(304);
});

test('text that a spreadsheet would run is made harmless, and numbers stay numbers', () => {
  const cells = [
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '＝1+1',
    '\u3000＋1',
    '\u200b－1',
    '\ufeff＠x',
    '-1.5',
    '−1',
    'a,b',
    'say "x"',
    'two\nlines',
    3,
    null,
    true,
  ];
  const [, ...lines] = csvOf(tablesIn({ list: cells.map((value) => ({ value })) }))
    .slice(1)
    .trimEnd()
    .split('\r\n');
  expect(lines).toEqual([
    "'=1+1",
    "'+cmd",
    "'-2+3",
    "'@SUM(A1)",
    "'\t=1",
    "' =1",
    "'＝1+1",
    "'\u3000＋1",
    "'\u200b－1",
    "'\ufeff＠x",
    '-1.5',
    '−1',
    '"a,b"',
    '"say ""x"""',
    '"two\nlines"',
    '3',
    '',
    'true',
  ]);
});

const folder = sharedData('hostile/payloads/csv-injection-payloads');
test.skipIf(!folder)(
  folder ? 'no known formula payload survives' : skipReason('hostile/payloads/csv-injection-payloads'),
  () => {
    const payloads = readFileSync(join(folder!, 'Intruder', 'csv-payload.txt'), 'utf8')
      .split('\n')
      .filter(Boolean);
    for (const payload of payloads) {
      const [, cell] = csvOf(tablesIn({ list: [{ value: payload }] }))
        .slice(1)
        .split('\r\n');
      expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    }
  },
);
