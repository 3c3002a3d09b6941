import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { expect, test } from 'vitest';
import { runSqlFile } from './sql-file.ts';

/** Months in post of one person: months since joining at the start of each, and what happened in it. */
type Month = [tenure: number, event?: 'up' | 'left' | 'registered'];

/** What the lattice is told of people whose first month begins at the end of March 2022, one after the other. */
async function eventsOf(people: readonly (readonly Month[])[]): Promise<Record<string, number>[]> {
  const connection = await (await openWorkshop(':memory:')).connect();
  for (const type of ['category_t', 'area_t', 'grain_t', 'tally_t'])
    await connection.run(`create type ${type} as varchar`);
  await runSqlFile(connection, 'lattice/event.sql');
  const rows = people.flatMap((months, person) =>
    months.map(([tenure, event], i) => {
      const end = (month: number) => `last_day(date '2022-03-31' + to_months(${month}))`;
      const is = (name: string) => event === name;
      return `(${person}, 'month', ${end(i)}, ${end(i + 1)}, true, ${tenure}, 'A', 'A', ${is('up')}, ${is('left') || is('registered')}, ${is('registered')})`;
    }),
  );
  await connection.run(
    `create table ledger as select *, 'band_2' as start_band, 'dietetics' as start_profession, null as start_stage, null as start_sex, null as start_ethnic_group,
       null as start_age_band, null as start_disability
     from (values ${rows.join(', ')}) v(person, grain, opening, closing, at_start, start_tenure_months, start_organisation, start_organisation_now, band_up, left_organisation, to_registered)`,
  );
  await connection.run("create table pair as select 'month' as grain, date '2023-03-31' as closing");
  await runSqlFile(connection, 'lattice/events/first_step.sql');
  return rowsOf(
    connection,
    `select elapsed, count(*) filter (where tally = 'unstepped')::integer as people, coalesce(sum(weight), 0)::integer as months,
       count(*) filter (where tally = 'first_steps')::integer as steps, count(*) filter (where tally = 'unstepped_left')::integer as gone,
       count(*) filter (where tally = 'unstepped_registered')::integer as registered
     from event group by elapsed order by elapsed`,
  );
}

const staying = (from: number, months: number): Month[] => Array.from({ length: months }, (_, i) => [from + i]);

test('somebody is followed from joining to the first step, and not beyond it', async () => {
  expect(await eventsOf([[...staying(0, 4), [4, 'up'], ...staying(5, 3), [8, 'up']]])).toEqual([
    { elapsed: 'elapsed_00', people: 1, months: 3, steps: 0, gone: 0, registered: 0 },
    { elapsed: 'elapsed_03', people: 1, months: 2, steps: 1, gone: 0, registered: 0 },
  ]);
});

test('leaving and registering end the wait without a step', async () => {
  expect(await eventsOf([[[0], [1, 'left']], [[0, 'registered']]])).toEqual([
    { elapsed: 'elapsed_00', people: 2, months: 3, steps: 0, gone: 1, registered: 1 },
  ]);
});

test('people already in post when the extracts begin are not followed: their earlier steps are not known', async () => {
  expect(await eventsOf([staying(7, 6)])).toEqual([]);
});

test('a year that is not over is not counted', async () => {
  const [first, ...others] = await eventsOf([staying(0, 12), [...staying(0, 12), ...staying(12, 3)]]);
  expect(first!.people).toBe(2);
  expect(others.map(({ elapsed }) => elapsed)).toEqual(['elapsed_03', 'elapsed_06', 'elapsed_09']);
});
