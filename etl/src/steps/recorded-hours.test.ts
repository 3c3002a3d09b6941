import { expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith } from '../../test/workshop.ts';
import { runSqlFile } from './sql-file.ts';

const year = ['2023-03-31', '2024-03-31'];

/** People and hours (in tenths) by tally, for twelve people of RXY of whom some did courses of so many hours; null: hours left blank. */
async function told(courses: Record<number, (number | null)[]>, others = true) {
  const people = Array.from({ length: 12 }, (_, i) => i);
  const connection = await workshopWith(
    year.flatMap((period_end) => people.map((i) => ({ period_end, person_id: `p${i}` }))),
  );
  const event = async (person: number, activity: string, hours: number | null) =>
    connection.run(
      `insert into training (person_id, organisation_code, event_date, activity, hours, outcome, source_file, line)
       values ('p${person}', 'RXY', '2023-09-01', '${activity}', ${hours}, 'completed', 1, ${(line += 1)})`,
    );
  let line = 0;
  if (others) await event(11, 'appraisal', null);
  for (const [person, hours] of Object.entries(courses))
    for (const one of hours) await event(Number(person), 'cpd', one);
  await toLedger(connection);
  for (const name of ['event', 'events/training']) await runSqlFile(connection, `lattice/${name}.sql`);
  const rows = await rowsOf<{ tally: string; n: number; w: number | null }>(
    connection,
    `select tally::varchar as tally, count(*)::integer as n, sum(weight)::integer as w from event group by all`,
  );
  return Object.fromEntries(rows.map(({ tally, n, w }) => [tally, [n, w]]));
}

test('hours are those of people whose courses all have their hours', async () => {
  expect(await told({ 0: [2, 3.5], 1: [4, null], 2: [300] })).toMatchObject({
    training_eligible: [12, null],
    cpd_participants: [3, 2055],
    cpd_hours_known: [11, 11_000],
  });
});

test('an employer that leaves all hours blank, or most, has none on record rather than 0 or 200', async () => {
  const blank: Record<number, (number | null)[]>[] = [{ 0: [null] }, { 0: [null], 1: [null], 2: [null], 3: [2] }];
  for (const courses of blank) {
    const found = await told(courses);
    expect(found.cpd_hours_known).toBeUndefined();
    expect(found.cpd_participants).toEqual([Object.keys(courses).length, null]);
  }
});

test('people without a course had 0 hours, where the employer records hours', async () => {
  expect(await told({})).toMatchObject({ cpd_hours_known: [12, 12_000] });
});

test('an employer that tells nothing of anybody’s training has no rate of 0 %', async () => {
  expect(await told({}, false)).toEqual({});
});
