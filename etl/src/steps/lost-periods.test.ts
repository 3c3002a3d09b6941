import { expect, test } from 'vitest';
import { workshopWith } from '../../test/workshop.ts';
import { newPeriods, periodsOf, refuseLostPeriods } from './lost-periods.ts';

const posts = ['2024-01-31', '2024-02-29'].map((period_end) => ({ period_end, person_id: 'p' }));
const released = async (...sql: string[]) => {
  const connection = await workshopWith(posts);
  for (const statement of sql) await connection.run(statement);
  return { version: '1.0.0', extractPeriods: await periodsOf(connection), whole: true };
};
const left = (day: string) =>
  `insert into retention (leaving_date, person_id, organisation_code) values ('${day}', 'p', 'RXY')`;
const figure = (day: string, complete = true) =>
  `insert into published_row (feed, grain, period_end, complete) values ('nhse_sickness', 'month', '${day}', ${complete})`;

test('months that a release has and the extracts have not are refused, extract by extract and publication by publication', async () => {
  const before = await released(left('2023-05-02'), left('2024-02-01'), figure('2024-01-31'));
  const { extractPeriods: now } = await released(left('2024-03-01'));
  const refusal = await refuseLostPeriods({ ...now, workforce: ['month 2024-03-31'] }, before).catch((error) => error);
  expect(refusal).toMatchObject({ code: 'periods_lost', message: expect.stringContaining('release 1.0.0') });
  expect(refusal.details).toEqual([
    'nhse_sickness: the month to 2024-01-31.',
    'retention: the quarter to 2023-06-30.',
    'workforce: the months to 2024-01-31 and 2024-02-29.',
    expect.stringContaining('--fewer-periods'),
  ]);
  await refuseLostPeriods({}, before, true);
});

test('more periods, another day of one quarter, and a part of a year that gives way to the whole are no loss', async () => {
  const before = await released(left('2024-01-02'), figure('2024-01-31', false));
  const { extractPeriods: now } = await released(left('2024-03-01'), figure('2024-02-29'));
  const more = { ...now, workforce: [...now['workforce']!, 'month 2024-03-31'] };
  await refuseLostPeriods(more, before);
  expect(newPeriods(more, before)).toEqual([
    'nhse_sickness: the month to 2024-02-29.',
    'workforce: the month to 2024-03-31.',
  ]);
  await refuseLostPeriods({}, null);
});
