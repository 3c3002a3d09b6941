import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { findHomogeneousRows } from './homogeneous-rows.ts';

const codes = ['f', 'm', 'white', 'asian', 'black', 'unknown', 'physio', 'ot', 'band_2', 'band_3'];
let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  const type = (name: string, values: readonly string[]) =>
    connection.run(`create type ${name} as enum (${values.map((value) => `'${value}'`).join(', ')})`);
  const { policyOf } = await import('../../../sql/lattice/policy.ts');
  const { tallies } = await import('@ahp/sql/tally');
  await type('set_t', [...new Set(policyOf('public').map(({ set }) => set))]);
  await type('grain_t', ['month', 'quarter', 'year']);
  await type('level_t', ['uk', 'nation', 'region', 'system', 'organisation']);
  await type('area_t', ['uk', 'RAA']);
  await type('category_t', codes);
  await type('tally_t', Object.keys(tallies));
});
afterAll(() => connection.closeSync());

type Cell = [set: string, codes: string, value: number, tally?: string];

/** What is withheld of an organisation’s year that is published as these cells, “set: a, b” with * for every category. */
async function withheldOf(...cells: Cell[]): Promise<string[]> {
  await connection.run(
    `create or replace temp table cell ("set" set_t, grain grain_t, level level_t, area area_t, period_end date, a category_t, b category_t, c category_t, tally tally_t, value integer)`,
  );
  for (const [set, text, value, tally = 'headcount'] of cells) {
    const given = text === '' ? [] : text.split(' ');
    const columns = [0, 1, 2].map((k) => (given[k] ? `'${given[k]}'` : 'null'));
    await connection.run(
      `insert into cell values ('${set}', 'year', 'organisation', 'RAA', '2026-03-31', ${columns.join(', ')}, '${tally}', ${value})`,
    );
  }
  await findHomogeneousRows(connection, 'public', 'cell');
  const rows = await rowsOf<{ line: string }>(
    connection,
    `select tally || ' ' || "set" || ': ' || concat_ws(' ', coalesce(a::varchar, '*'), case when contains("set"::varchar, '+') then coalesce(b::varchar, '*') end) as line
     from row_pattern where tally in (${[...new Set(cells.map(([, , , tally = 'headcount']) => `'${tally}'`))].join(', ')}) order by all`,
  );
  return rows.map(({ line }) => line);
}
const about = (lines: readonly string[], set: string) => lines.filter((line) => line.includes(` ${set}: `));

describe('a row is withheld whole', () => {
  test.each<[string, Cell[], boolean]>([
    [
      'with one category: a cell and its only part',
      [
        ['', '', 12],
        ['sex', 'f', 12],
      ],
      true,
    ],
    ['with none', [['', '', 12]], true],
    [
      'not with two',
      [
        ['', '', 12],
        ['sex', 'f', 9],
        ['sex', 'm', 5],
      ],
      false,
    ],
  ])('%s', async (_, cells, withheld) => {
    expect(about(await withheldOf(...cells), 'sex')).toEqual(withheld ? ['headcount sex: *'] : []);
  });

  test('“Unknown” is a category', async () => {
    const lines = await withheldOf(['', '', 12], ['ethnic_group', 'white', 11], ['ethnic_group', 'unknown', 5]);
    expect(about(lines, 'ethnic_group')).toEqual([]);
  });

  test('along each dimension of a table, from its unmasked cells', async () => {
    const lines = await withheldOf(
      ['', '', 40],
      ['profession', 'physio', 26],
      ['profession', 'ot', 14],
      ['sex', 'f', 31],
      ['sex', 'm', 9],
      ['profession+sex', 'physio f', 17],
      ['profession+sex', 'physio m', 9],
      ['profession+sex', 'ot f', 14],
    );
    // All occupational therapists are women; all men are physiotherapists.
    expect(about(lines, 'profession+sex')).toEqual(['headcount profession+sex: * m', 'headcount profession+sex: ot *']);
  });

  test('with all that is cut of it, so that the list does not say who is in it', async () => {
    const lines = await withheldOf(
      ['', '', 40],
      ['profession', 'physio', 40],
      ['band', 'band_2', 20],
      ['band', 'band_3', 20],
      ['sex', 'f', 40],
      ['profession+sex', 'physio f', 40],
    );
    expect(about(lines, 'profession+sex')).toEqual(['headcount profession+sex: * *']);
  });

  test('for every event, by work too; a headcount by profession and band is no secret', async () => {
    const cells = (tally: string): Cell[] => [
      ['', '', 12, tally],
      ['profession', 'physio', 12, tally],
    ];
    expect(about(await withheldOf(...cells('leavers_organisation')), 'profession')).toEqual([
      'leavers_organisation profession: *',
    ]);
    expect(about(await withheldOf(...cells('headcount')), 'profession')).toEqual([]);
  });

  test('and of a cell that is published as 0 nothing is listed', async () => {
    expect(await withheldOf(['profession', 'physio', 12])).toEqual(
      expect.not.arrayContaining([expect.stringContaining('ot')]),
    );
  });
});
