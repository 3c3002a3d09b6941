import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkshop } from '@ahp/sql/open';
import { ordinary } from '../../test/checking.ts';
import { createExtractTables } from '../extracts/tables.ts';
import { workforce } from '../extracts/workforce.ts';
import { refuseUniques, tooUnique, uniquenessText } from './unique-limit.ts';
import { countAlike, quasiIdentifiers, type Uniqueness } from './uniqueness.ts';

type Row = Record<string, string | null>;

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await openWorkshop(':memory:')).connect();
  await createExtractTables(connection, [workforce]);
});
beforeEach(() => connection.run('delete from workforce'));

async function insert(rows: readonly Row[]): Promise<void> {
  const names = Object.keys(ordinary);
  const value = (text: string | null | undefined) => (text == null ? 'null' : `'${text}'`);
  for (let from = 0; from < rows.length; from += 500)
    await connection.run(
      `insert into workforce (${names.join(', ')}) values ${rows
        .slice(from, from + 500)
        .map((row) => `(${names.map((name) => value(row[name])).join(', ')})`)
        .join(', ')}`,
    );
}

const [post, person] = [quasiIdentifiers('post'), quasiIdentifiers('person')];
const columnsOf = (by: string) => (by === 'post' ? post : by === 'all' ? [...post, ...person] : [...post, by]);

/** The same counts, one person after another. */
function counted(rows: readonly Row[], by: string, organisation: string | null) {
  const latest = rows.filter(({ organisation_code, period_end }) =>
    rows.every((other) => other.organisation_code !== organisation_code || other.period_end! <= period_end!),
  );
  const combination = (row: Row) => columnsOf(by).map((name) => row[name] ?? null);
  const like = (row: Row) =>
    new Set(
      latest
        .filter((other) => JSON.stringify(combination(other)) === JSON.stringify(combination(row)))
        .map(({ person_id }) => person_id),
    ).size;
  const own = latest.filter(({ organisation_code }) => organisation === null || organisation_code === organisation);
  const sizes = [...Map.groupBy(own, ({ person_id }) => person_id).values()].map((held) => Math.min(...held.map(like)));
  const of = (holds: (k: number) => boolean) => sizes.filter(holds).length;
  return { people: sizes.length, one: of((k) => k === 1), two: of((k) => k === 2), under_five: of((k) => k < 5) };
}

const someRows = fc.array(
  fc.record({
    period_end: fc.constantFrom('2026-02-28', '2026-03-31'),
    person_id: fc.constantFrom(...'ABCDEFGHIJKLMNOP'),
    organisation_code: fc.constantFrom('RJ1', 'R0A', '7A1'),
    occupation_code: fc.constantFrom('S9E', 'S5C'),
    band: fc.constantFrom('3', '4'),
    sex: fc.constantFrom('female', 'male', null),
    ethnic_group: fc.constantFrom('A', 'B', null),
    age_band: fc.constantFrom('35_44', '45_54'),
  }),
  { minLength: 1, maxLength: 40 },
);

test('the people who are reported as the only one, one of two and one of few are those that a slow and obvious count finds', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, async (some) => {
      const rows: Row[] = some.map((row) => ({ ...ordinary, ...row }));
      await connection.run('delete from workforce');
      await insert(rows);
      const all = await countAlike(connection);
      expect(all.map(({ by }) => by).sort()).toEqual(['post', ...person, 'all'].sort());
      const table = (await connection.runAndReadAll('from uniqueness')).getRowObjectsJS() as unknown as Uniqueness[];
      for (const { by, organisation, ...counts } of table) expect(counts).toEqual(counted(rows, by, organisation));
    }),
    { numRuns: 40 },
  );
});

describe('the limit', () => {
  /** People in posts of so many each, with so many kinds of age band among them. */
  const people = (n: number, each: number, ages: number): Row[] =>
    Array.from({ length: n }, (_, i) => ({
      ...ordinary,
      person_id: `P${i}`,
      assignment_id: `A${i}`,
      organisation_code: `R${String(Math.floor(i / each)).padStart(4, '0')}`,
      age_band: ['35_44', '45_54', '25_34', 'under_25', '55_64', '65_over'][i % ages]!,
    }));
  const refusal = (limit?: number) =>
    countAlike(connection)
      .then((counts) => refuseUniques(connection, counts, limit))
      .then(
        () => null,
        (error: unknown) => error,
      );

  test('lets an extract pass whose people share their post and characteristics with others', async () => {
    await insert(people(1200, 12, 6));
    expect(await refusal()).toBeNull();
  });

  test('stops one in which nearly everybody is the only one, with the share, the limit, the columns, the places and the remedy', async () => {
    await insert(people(1200, 6, 6));
    expect(await refusal()).toMatchObject({
      code: 'too_unique',
      message:
        '100 % of 1,200 people are the only one with their organisation, occupation, band and age band; the limit is 80 %.',
      details: [
        'What singles people out: organisation, occupation and band 0 %, with age band 100 %.',
        'Most of them are in R0000 (6 of 6), R0001 (6 of 6), R0002 (6 of 6).',
        expect.stringContaining('--unique-limit 90'),
      ],
    });
  });

  test('stops codes so fine that the post alone is enough', async () => {
    await insert(people(1000, 1, 1));
    expect(await refusal()).toMatchObject({ message: expect.stringContaining('occupation and band; the limit') });
  });

  test('is not for a few people, who are rare by nature, unless the operator has set it', async () => {
    await insert(people(999, 6, 6));
    expect(await refusal()).toBeNull();
    expect(await refusal(0.99)).toMatchObject({ code: 'too_unique' });
    expect(await refusal(1)).toBeNull();
  });

  test('has nothing to say of nobody', async () => {
    const none = await countAlike(connection);
    expect([tooUnique(none, 0.01), uniquenessText(none)]).toEqual([null, []]);
  });
});
