import { describe, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith, type Post } from '../../test/workshop.ts';
import { runSqlFile } from './sql-file.ts';

const ends = ['2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30'];

/** Somebody at RXY in these months, and others throughout; the events of a leaving of that day. */
async function leaving(
  months: readonly string[],
  { start, left, file }: { start?: string; left?: string; file: 'reason' | 'leaving' },
) {
  const posts: Post[] = ends.flatMap((period_end) => [
    ...Array.from({ length: 4 }, (_, i) => ({ period_end, person_id: `other-${i}` })),
    ...(months.includes(period_end) ? [{ period_end, person_id: 'p', organisation_start_date: start }] : []),
  ]);
  const connection = await workshopWith(posts);
  if (left !== undefined)
    await connection.run(
      `insert into retention (leaving_date, person_id, organisation_code, leaving_reason, destination, source_file, line)
       values ('${left}', 'p', 'RXY', 'retirement_age', 'no_employment', 1, 2)`,
    );
  await toLedger(connection);
  for (const name of ['event', `events/${file}`]) await runSqlFile(connection, `lattice/${name}.sql`);
  return rowsOf<{ grain: string; day: string; tally: string; reason: string | null }>(
    connection,
    `select grain::varchar as grain, period_end::varchar as day, tally::varchar as tally, leaving_reason::varchar as reason from event join person using (person)
     where person_id = 'p' order by all`,
  );
}

const untilMarch = ends.slice(0, 4);

describe('the reason of a leaving is found in the quarter whose snapshots it lies between', () => {
  test.each([
    ['on the last day of the quarter before, whose snapshot still holds the person', '2024-03-31', 'retirement_age'],
    ['on the first day', '2024-04-01', 'retirement_age'],
    ['on the day before the last', '2024-06-29', 'retirement_age'],
    ['on the last day, whose snapshot does not hold the person', '2024-06-30', 'retirement_age'],
    ['and not before it', '2024-03-30', 'unknown'],
    ['nor after it', '2024-07-01', 'unknown'],
  ])('%s', async (_, left, reason) => {
    const rows = await leaving(untilMarch, { left, file: 'reason' });
    expect(rows.filter(({ grain }) => grain === 'quarter')).toEqual([
      { grain: 'quarter', day: '2024-06-30', tally: 'leavers_by_reason', reason },
    ]);
  });
});

describe('somebody who leaves within twelve months of the start has left early', () => {
  test.each([
    ['a day before the year is over', '2023-04-02', '2024-04-01', true],
    ['on the day', '2023-04-01', '2024-04-01', false],
    ['after a leap day, the day before', '2023-03-01', '2024-02-29', true],
    ['from a leap day', '2024-02-29', '2024-03-31', true],
    ['after years', '2015-05-01', '2024-03-31', false],
  ])('%s', async (_, start, left, early) => {
    const months = ends.filter((end) => end <= left);
    const rows = await leaving(months, { start, left, file: 'leaving' });
    const quarter = rows.filter(({ grain }) => grain === 'quarter').map(({ tally }) => tally);
    expect(quarter).toEqual(early ? ['early_leavers', 'leavers_dated'] : ['leavers_dated']);
  });

  test('also between the two ends of a quarter, which hold them not', async () => {
    const rows = await leaving(['2024-05-31'], { start: '2024-05-02', left: '2024-06-28', file: 'leaving' });
    expect(rows.filter(({ grain }) => grain !== 'year').map(({ grain, day, tally }) => [grain, day, tally])).toEqual([
      ['month', '2024-06-30', 'early_leavers'],
      ['month', '2024-06-30', 'leavers_dated'],
      ['quarter', '2024-06-30', 'early_leavers'],
      ['quarter', '2024-06-30', 'leavers_dated'],
    ]);
  });

  test('without a recorded start, from the month first seen, but for those seen from the first month on', async () => {
    const seen = await leaving(['2024-02-29', '2024-03-31'], { start: undefined, file: 'leaving' });
    expect(seen.map(({ tally }) => tally)).toContain('leavers_dated');
    const always = await leaving(untilMarch, { file: 'leaving', left: '2024-04-10' });
    expect(always.map(({ tally }) => tally)).not.toContain('early_leavers');
  });
});

describe('a code that was given another name', () => {
  test('is one organisation, from when it was first in use on', async () => {
    const connection = await workshopWith([{ period_end: '2024-03-31', person_id: 'p' }]);
    await connection.run(
      `insert into organisations (code, label, nation, valid_from, valid_to, source_file, line) values
         ('ZZ1', 'Old name', 'england', null, '2023-06-30', 1, 2), ('ZZ1', 'New name', 'england', '2023-07-01', null, 1, 3),
         ('ZZ2', 'First name', 'england', '2020-04-01', '2022-12-31', 1, 4), ('ZZ2', 'Last name', 'england', '2023-01-01', '2024-03-31', 1, 5)`,
    );
    const { loadReference } = await import('./reference.ts');
    await loadReference(connection);
    expect(
      await rowsOf(
        connection,
        `select code, label, valid_from::varchar as "from", valid_to::varchar as "to" from organisation where code like 'ZZ%' order by code`,
      ),
    ).toEqual([
      { code: 'ZZ1', label: 'New name', from: null, to: null },
      { code: 'ZZ2', label: 'Last name', from: '2020-04-01', to: '2024-03-31' },
    ]);
  });
});
