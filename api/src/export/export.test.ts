import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { keys, startServing, type Serving } from '../../test/serve.ts';
import { askedTables } from './asked-table.ts';
import { csvOf } from './csv.ts';
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
  '{ turnover(by: [NATION, PROFESSION], where: { band: [BAND_3] }, period: { last: { count: 2, grain: QUARTER } }) { ... on TurnoverTable { rows { area { code label } period { end } profession { code } leaverRate { value status display interval { lower upper } } headcount { value status display interval { lower upper } } } } ... on QueryRefused { message } } }';
const get = (path: string, parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${serving.url}${path}?${new URLSearchParams(parameters)}`, { headers });

/** The lines of a CSV file as objects; no cell of these answers holds a comma that is not in quotes, nor a quote. */
async function linesOf(response: Response): Promise<Record<string, string>[]> {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  expect(text.startsWith('\ufeff')).toBe(true);
  const cells = (line: string) =>
    [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell!.replaceAll('"', ''));
  const [header, ...lines] = text.slice(1).trimEnd().split('\r\n').map(cells);
  return lines.map((line) => Object.fromEntries(header!.map((name, i) => [name, line[i]!])));
}

test('a file has a line for each figure of the answer, with everything that says what it is', async () => {
  const { data } = (await (await serving.post({ query: question })).json()) as Json;
  const response = await get('/export.csv', { query: question });
  const lines = await linesOf(response);
  const number = (value: number | null | undefined) => (value == null ? '' : String(value));
  expect(
    lines.map(({ area_code, period_end, profession_code, measure, value, lower, status }) =>
      [area_code, period_end, profession_code, measure, value, lower, status].join('|'),
    ),
  ).toEqual(
    data.turnover.rows.flatMap((row: Json) =>
      (['leaverRate', 'headcount'] as const).map((field) =>
        [
          row.area.code,
          row.period.end,
          row.profession.code,
          field === 'headcount' ? 'headcount' : 'leaver_rate',
          number(row[field].value),
          number(row[field].interval?.lower),
          row[field].status,
        ].join('|'),
      ),
    ),
  );
  expect(lines[0]).toMatchObject({
    area_name: 'England',
    period: '2025-10-01/2025-12-31',
    unit: 'fraction',
    measure_arguments: 'method: NHSE_AVERAGE; scope: ORGANISATION',
    filters: 'band: BAND_3',
    release: '1.0.0',
    audience: 'public',
    synthetic: 'true',
    licence: 'OGL v3',
  });
  expect(lines[0]!.citation).toMatch(/^AHP support workforce, release 1\.0\.0\. \/q\/[\w-]{24}$/);
  const empty = lines.filter(({ value }) => value === '');
  expect(empty.length).toBeGreaterThan(0);
  for (const { status, shorthand } of empty)
    expect(`${status} ${shorthand}`).toMatch(
      /^(CONFIDENTIAL \[c\]|NOT_APPLICABLE \[z\]|NOT_AVAILABLE \[x\]|CANNOT_TELL cannot tell)$/,
    );
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="ahp-turnover-by-nation-profession-2026-03-31-release-1.0.0-filtered.csv"',
  );
});

test('in the shape that was asked for, a file has a column for each field', async () => {
  const { data } = (await (await serving.post({ query: question })).json()) as Json;
  const lines = await linesOf(await get('/export.csv', { query: question, shape: 'asked' }));
  expect(Object.keys(lines[0]!).slice(0, 4)).toEqual(['area.code', 'area.label', 'period.end', 'profession.code']);
  expect(lines.map((line) => line['headcount.display'])).toEqual(
    data.turnover.rows.map(({ headcount }: Json) => headcount.display),
  );
  expect((await get('/export.csv', { query: question, shape: 'round' })).status).toBe(400);
});

test('what is no table of a subject says where it comes from too', async () => {
  const lines = await linesOf(
    await get('/export.csv', { query: '{ organisations(first: 3) { nodes { code label } } }' }),
  );
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatchObject({ release: '1.0.0', licence: 'OGL v3', audience: 'public' });
});

test('JSON is the same data', async () => {
  const { data } = (await (await serving.post({ query: question })).json()) as Json;
  expect(await (await get('/export.json', { query: question })).json()).toEqual(data);
});

test('Parquet has the same columns and numbers, typed, nothing for what is withheld, and says where it comes from', async () => {
  const response = await get('/export.parquet', { query: question });
  expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet');
  const folder = mkdtempSync(join(tmpdir(), 'ahp-export-'));
  const path = join(folder, 'answer.parquet');
  writeFileSync(path, Buffer.from(await response.arrayBuffer()));
  const connection = await (await openWorkshop(':memory:')).connect();
  const rows = await rowsOf<Json>(connection, `from '${path}'`);
  const types = await rowsOf<Json>(connection, `describe from '${path}'`);
  const metadata = await rowsOf<Json>(
    connection,
    `select decode(key) as key, decode(value) as value from parquet_kv_metadata('${path}')`,
  );
  connection.closeSync();
  rmSync(folder, { recursive: true });
  const lines = await linesOf(await get('/export.csv', { query: question }));
  expect(rows.map(({ value }) => (value === null ? '' : String(value)))).toEqual(lines.map(({ value }) => value));
  const typeOf = (name: string) => types.find(({ column_name }) => column_name === name)!.column_type;
  expect([typeOf('value'), typeOf('period_end'), typeOf('synthetic'), typeOf('status')]).toEqual([
    'DOUBLE',
    'DATE',
    'BOOLEAN',
    'VARCHAR',
  ]);
  expect(Object.fromEntries(metadata.map(({ key, value }) => [key, value]))).toMatchObject({
    release: '1.0.0',
    audience: 'public',
    licence: 'OGL v3',
    query: question,
  });
  const two = await get('/export.parquet', {
    query: `{ a: staff { ... on StaffTable { cost } } b: staff { ... on StaffTable { cost } } }`,
  });
  expect(two.status).toBe(400);
  expect(await two.text()).toContain('ask for one of a, b');
});

test('the rules are those of a page: keys, refusals and variables', async () => {
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
  expect((await get('/export.csv', { query: question, release: '9.9.9' })).status).toBe(400);
  expect((await get('/export.csv', { query: question }, { authorization: `Bearer ${keys.expired}` })).status).toBe(401);
  const own = await get(
    '/export.csv',
    { query: '{ staff { ... on StaffTable { rows { headcount { value } } } } }' },
    { authorization: `Bearer ${keys.own}` },
  );
  expect(await linesOf(own)).toMatchObject([{ area_code: 'RAA', audience: 'own' }]);
});

test('a long question may come as JSON, and only as JSON', async () => {
  const post = (type: string) =>
    fetch(`${serving.url}/export.csv`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ query: question }),
    });
  const posted = await post('application/json');
  expect(await posted.text()).toBe(await (await get('/export.csv', { query: question })).text());
  expect((await post('text/plain')).status).toBe(415);
});

test('a file has every group where the question does not say how many, and may use more cells than a page', async () => {
  const table =
    'staff(by: [NATION, PROFESSION, BAND], period: { last: { count: 8, grain: QUARTER } }) { ... on StaffTable { groupCount cost rows { headcount { value } } } ... on QueryRefused { code message } }';
  const page = (await (await serving.post({ query: `{ a: ${table} b: ${table} c: ${table} }` })).json()) as Json;
  expect(page.data.c).toMatchObject({ code: 'TOO_MANY_CELLS', message: expect.stringContaining('/export.csv') });
  const one = await linesOf(await get('/export.csv', { query: `{ ${table} }` }));
  const groups = new Set(one.map((line) => [line.area_code, line.profession_code, line.band_code].join('|')));
  expect(groups.size).toBe(page.data.a.groupCount);
  const three = await get('/export.zip', { query: `{ a: ${table} b: ${table} c: ${table} }` });
  expect(three.status).toBe(200);
});

test('a file that was fetched before is not sent again', async () => {
  const etag = (await get('/export.csv', { query: question })).headers.get('etag')!;
  expect((await get('/export.csv', { query: question }, { 'if-none-match': etag })).status).toBe(304);
});

const csvText = (values: readonly unknown[]) =>
  [...csvOf(askedTables({ list: values.map((value) => ({ value })) }))].join('').slice(1);

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
  const [, ...lines] = csvText(cells).trimEnd().split('\r\n');
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
      const [, cell] = csvText([payload]).split('\r\n');
      expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    }
  },
);
