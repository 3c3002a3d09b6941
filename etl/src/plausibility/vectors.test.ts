import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith } from '../../test/workshop.ts';
import { runSqlFile } from '../steps/sql-file.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await workshopWith([{ period_end: '2026-03-31', person_id: 'p' }]);
  await toLedger(connection);
  for (const name of ['staff_month', 'moved', 'quarantined']) await runSqlFile(connection, `plausibility/${name}.sql`);
});
afterAll(() => connection.closeSync());
beforeEach(async () => void (await connection.run('delete from moved; delete from quarantined')));

const [latest, months] = [24315, 12];
type Numbers = Record<string, number | string | null>;

/** One organisation of which a month is judged after twelve of its own; what is left out of a month is 0, or as many people as before. */
async function judged(now: Numbers, usual: Numbers = {}): Promise<string[]> {
  const add = async (month: number, given: Numbers) => {
    const row: Numbers = {
      level: 'organisation',
      area: 'RXY',
      month,
      before: month - 1,
      two_before: month - 2,
      gap: 1,
      people: 100,
      people_before: 100,
      blank_starts: 0,
      ...given,
    };
    const { posts = row.people ?? 0, ...rest } = row;
    const columns = await rowsOf<{ name: string }>(
      connection,
      `select column_name as name from duckdb_columns() where table_name = 'moved'`,
    );
    const values = columns.map(({ name }) => (name === 'posts' ? posts : (rest[name] ?? (name in rest ? null : 0))));
    await connection.run(
      `insert into moved (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(', ')})`,
    );
  };
  const people = Number(now.people_before ?? 100);
  const ordinary = { people, people_before: people, lost: Math.round(0.011 * people), joined: 1, ...usual };
  for (let back = 1; back <= months; back += 1) await add(latest - back, ordinary);
  await add(latest, { people, joined: 1, lost: 1, ...now });
  await runSqlFile(connection, 'plausibility/verdict.sql');
  const rows = await rowsOf<{ check: string }>(
    connection,
    `select "check" from verdict where month = ${latest} order by 1`,
  );
  return rows.map(({ check }) => check);
}

/** The vectors of the limits: what passes, and what is one more. */
const cases: [string, Numbers, Numbers, string[]][] = [
  ['6 of 20 lost', { people_before: 20, lost: 6 }, { lost: 0.22 }, []],
  ['7 of 20 lost', { people_before: 20, lost: 7 }, { lost: 0.22 }, ['lost']],
  ['24 of 100 lost', { lost: 24 }, {}, []],
  ['25 of 100 lost', { lost: 25 }, {}, ['lost']],
  ['28 of 100 lost, where 7 are usual', { lost: 28 }, { lost: 7 }, []],
  ['29 of 100 lost, where 7 are usual', { lost: 29 }, { lost: 7 }, ['lost']],
  ['2 of 150 lost, when 45 went to a successor', { people_before: 150, lost: 2 }, {}, []],
  [
    '113 of a nation of 1,446 lost',
    { level: 'nation', area: 'england', people_before: 1446, lost: 113 },
    { level: 'nation', area: 'england' },
    [],
  ],
  [
    '114 of a nation of 1,446 lost',
    { level: 'nation', area: 'england', people_before: 1446, lost: 114 },
    { level: 'nation', area: 'england' },
    ['lost'],
  ],
  ['23 strangers among 150', { people_before: 150, strangers: 23, joined: 23 }, {}, []],
  ['24 strangers among 150', { people_before: 150, strangers: 24, joined: 24 }, {}, ['strangers']],
  [
    'no change among 180, where 5.2 % are usual',
    { people_before: 180, lost: 0, joined: 0 },
    { lost: 2, joined: 2, differing: 5.36 },
    ['unchanged'],
  ],
  [
    'no change among 150, where 5.2 % are usual: told',
    { people_before: 150, lost: 0, joined: 0 },
    { lost: 2, joined: 2, differing: 3.8 },
    ['unchanged'],
  ],
  ['no change where 3 are usual', { lost: 0, joined: 0 }, { lost: 1, joined: 1, differing: 1 }, []],
  ['6 of 8 changes undone', { lost: 1, joined: 1, differing: 6, turned_back: 6 }, {}, ['undone']],
  ['5 of 8 changes undone, 3 impossible', { lost: 1, joined: 1, differing: 6, turned_back: 5, impossible: 3 }, {}, []],
  [
    '3 of 3 changes undone',
    { lost: 1, joined: 1, differing: 1, turned_back: 1, returned: 1, gone_after_one: 1 },
    {},
    [],
  ],
  [
    '3 of 3 changes undone, 1 impossible',
    { lost: 1, joined: 1, differing: 1, turned_back: 1, returned: 1, gone_after_one: 1, impossible: 1 },
    {},
    ['undone'],
  ],
  ['sex of 11 of 100', { sex_changed: 11, sex_known: 100 }, {}, []],
  ['sex of 12 of 100', { sex_changed: 12, sex_known: 100 }, {}, ['values']],
  ['bands: all of band 2, 3 of 70 others', { band_changed: 3, band_known: 70 }, {}, []],
  ['bands: 60 of 60 others', { band_changed: 60, band_known: 60 }, {}, ['values']],
  ['87 FTE to 75.5', { fte_then: 87, fte_now: 75.5 }, {}, []],
  ['87 FTE to 74.8', { fte_then: 87, fte_now: 74.8 }, {}, ['fte']],
  ['87 FTE to 8.7', { fte_then: 87, fte_now: 8.7 }, {}, ['fte']],
  ['133 posts of 100 people, where 105 are usual', { posts: 133 }, { posts: 105 }, []],
  ['134 posts of 100 people, where 105 are usual', { posts: 134 }, { posts: 105 }, ['posts']],
];

test.each(cases)('%s', async (_, now, usual, found) => {
  expect(await judged(now, usual)).toEqual(found);
});

describe('rows quarantined', () => {
  test.each([
    [16, []],
    [17, ['quarantined']],
  ])('%i of 150', async (bad, found) => {
    await connection.run(
      `insert into quarantined by name select 'organisation' as level, 'RXY' as area, ${latest} as month, ${bad} as bad, 150 as rows, ${bad} as more`,
    );
    expect(await judged({})).toEqual(found);
  });
});
