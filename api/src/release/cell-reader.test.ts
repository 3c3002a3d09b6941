import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRelease } from '@ahp/sql/open';
import { join } from 'node:path';
import { listValue, type DuckDBConnection } from '@duckdb/node-api';
import { buildData, type Built } from '../../test/fixture.ts';
import { CellReader, statementText } from './cell-reader.ts';
import { dayOf } from './cell-table.ts';

let built: Built;
let reader: CellReader;
let connection: DuckDBConnection;
beforeAll(async () => {
  built = await buildData();
  const instance = await openRelease(join(built.data, 'releases', '1.0.0', 'public.duckdb'));
  reader = new CellReader(instance);
  connection = await instance.connect();
});
afterAll(() => {
  reader.close();
  built.remove();
});

const wanted = {
  feed: null,
  set: 'band',
  grain: 'quarter',
  level: 'nation',
  tallies: ['headcount', 'leavers_organisation'],
  areas: ['england', 'wales'],
  from: '2020-01-01',
  to: '2030-01-01',
  withheld: false,
} as const;

test('what is read is what the file holds, cell by cell', async () => {
  const result = await connection.runAndReadAll(
    `select area::varchar, period_end::varchar, a::varchar, tally::varchar, value from cell where "set" = 'band' and grain = 'quarter' and level = 'nation'
     and tally in ('headcount', 'leavers_organisation') and area in ('england', 'wales')`,
  );
  const table = await reader.read(wanted);
  const rows = result.getRows() as [string, string, string, string, number | null][];
  expect(rows.length).toBeGreaterThan(20);
  expect(table.size).toBe(rows.length);
  for (const [area, end, band, tally, value] of rows)
    expect(table.cellsOf(tally, dayOf(end)).get(table.placeOf(area, [band])!)).toBe(value);
});

test('the same cells are read once, and codes that the release does not have hold nothing', async () => {
  expect(await reader.read(wanted)).toBe(await reader.read({ ...wanted }));
  const nobody = await reader.read({ ...wanted, areas: ["x' or 1=1 --"], tallies: ['headcount'] });
  expect(nobody.size).toBe(0);
  expect(nobody.placeOf('nowhere', [])).toBeNull();
});

test('every bound value has the type of its column: no column is cast', async () => {
  const statement = await connection.prepare(`explain ${statementText('cell')}`);
  const ends = ['headcount', 'leavers_organisation', 'england', 'wales'];
  statement.bind(['band', 'quarter', 'nation', '2025-03-31', '2026-03-31', ...ends, listValue(['headcount'])]);
  const plan = (await statement.runAndReadAll())
    .getRows()
    .flat()
    .join(' ')
    .replaceAll(/[│\s]+/g, ' ');
  expect(plan).toContain('cell');
  expect(plan).not.toMatch(/CAST\(\s*"?(set|grain|level|feed|period_end|area|tally)"?\s+AS/i);
});
