import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { readSecret } from '../disclosure/secret-file.ts';
import { audiences } from '../disclosure/audiences.ts';
import { toLedger, workshopWith, type Post } from '../../test/workshop.ts';
import { keepDrawn } from './drawn.ts';
import { createGrouped, fillLattice } from './lattice.ts';
import { protect } from './protect.ts';
import { runSqlFile } from './sql-file.ts';

const secret = readSecret({ text: '5a9b9fc8e986cc2fc9439778b39f965ea4b55fa030548123d951986d386d4c70', file: '' });
const [before, after] = ['2024-12-31', '2025-03-31'] as const;
/** Employers of Wales: one of 30 people, nine of 20; two people leave each of the nine, and two join. */
const team = (organisation_code: string, size: number): Post[] =>
  [before, after].flatMap((period_end) =>
    Array.from({ length: size }, (_, i) => i + (period_end === after && size < 30 ? 2 : 0)).map((i) => ({
      period_end,
      organisation_code,
      person_id: `${organisation_code}-${i}`,
    })),
  );
const boards = ['7A1', '7A2', '7A3', '7A4', '7A5', '7A6', '7A7', 'RYT', 'RQF', 'RT4'];
const welsh = boards.flatMap((code, at) => team(code, at === 0 ? 30 : 20));

async function published(posts: readonly Post[]): Promise<DuckDBConnection> {
  const connection = await workshopWith(posts);
  const places = boards.map((code) => `('${code}', 'Board ${code}', 'wales', 'trust', date '1900-01-01')`).join(', ');
  await connection.run(`delete from organisation`);
  await connection.run(`insert into organisation (code, label, nation, kind, in_use_from) values ${places}`);
  await connection.run(`delete from succession`);
  await toLedger(connection);
  await createGrouped(connection);
  await fillLattice(connection, secret, () => {});
  await keepDrawn(connection, null);
  for (const name of ['area', 'period', 'plain']) await runSqlFile(connection, `lattice/${name}.sql`);
  await protect(connection, true, () => {});
  await runSqlFile(connection, 'lattice/reporting.sql');
  return connection;
}

let whole: DuckDBConnection;
let without: DuckDBConnection;
beforeAll(async () => {
  whole = await published(welsh);
  without = await published(welsh.filter((post) => post.organisation_code !== '7A1' || post.period_end === before));
}, 120_000);
afterAll(() => {
  whole.closeSync();
  without.closeSync();
});

const exact = (connection: DuckDBConnection, area: string) =>
  rowsOf<{ tally: string; n: number }>(
    connection,
    `select tally::varchar as tally, n::integer as n from grouped where "set" = '' and grain = 'quarter' and area = '${area}' and period_end = '${after}'
       and tally in ('leavers_organisation', 'headcount_start', 'headcount_end', 'headcount') order by 1`,
  ).then((rows) => Object.fromEntries(rows.map(({ tally, n }) => [tally, n])));

test('an employer that sent nothing is out of leavers and of both headcounts that they are set against', async () => {
  expect(await exact(without, 'wales')).toEqual({
    ...{ headcount: 180, headcount_start: 180, headcount_end: 180 },
    leavers_organisation: 18,
  });
  expect(await exact(without, '7A1')).toEqual({});
});

test('no cell of another employer moves', async () => {
  const cells = (connection: DuckDBConnection) =>
    rowsOf(
      connection,
      audiences
        .map(
          ({ id }) =>
            `select '${id}' as audience, columns(* exclude (period_end))::varchar, period_end::varchar as day from protected_${id} where level = 'organisation' and area <> '7A1'`,
        )
        .join(' union all ') + ' order by all',
    );
  expect(await cells(without)).toEqual(await cells(whole));
});

test('without silences, start and end are the headcounts of those days', async () => {
  const apart = await rowsOf(
    whole,
    `select * from protected_public as followed anti join protected_public as stock on stock.tally = 'headcount' and stock.value = followed.value
       and stock."set" = followed."set" and stock.area = followed.area and stock.grain = followed.grain and stock.a is not distinct from followed.a
       and stock.b is not distinct from followed.b and stock.period_end = case followed.tally when 'headcount_start' then date '${before}' else followed.period_end end
     where followed.tally in ('headcount_start', 'headcount_end')`,
  );
  expect(apart).toEqual([]);
});

test('the marks say who is missing, and withhold the stock of a nation that lacks more than 5 % of its staff', async () => {
  const marks = await rowsOf(
    without,
    `select level::varchar as level, "of", available, reporters, employers, note from release_mark
     where grain = 'quarter' and level in ('nation', 'organisation') order by all`,
  );
  expect(marks).toEqual([
    expect.objectContaining({ level: 'nation', of: 'flow', available: true, reporters: 9, employers: 10 }),
    expect.objectContaining({
      level: 'nation',
      of: 'stock',
      available: false,
      note: expect.stringMatching(/^9 of 10 employers, with 8\d % of the last known staff; without .*7A1\)$/),
    }),
    expect.objectContaining({ level: 'organisation', of: 'flow', available: false }),
    expect.objectContaining({ level: 'organisation', of: 'stock', available: false }),
  ]);
  expect(await rowsOf(whole, 'select * from release_mark')).toEqual([]);
});
