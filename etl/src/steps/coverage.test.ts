import { expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith, type Post } from '../../test/workshop.ts';

const [january, february, march, april] = ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'] as const;
const all = [january, february, march, april];
const team = (organisation_code: string, months: readonly string[], who = organisation_code): Post[] =>
  months.flatMap((period_end) =>
    Array.from({ length: 12 }, (_, i) => ({ period_end, organisation_code, person_id: `${who}-${i}` })),
  );

/** What is told of RXY and others that are not there throughout, and in which windows the ledger leaves people out. */
async function told(posts: readonly Post[], ...lists: string[]) {
  const connection = await workshopWith([...team('RW1', all), ...posts]);
  for (const list of lists) await connection.run(list);
  await toLedger(connection);
  const coverage = await rowsOf<{ organisation: string; alert: boolean; note: string }>(
    connection,
    `select organisation, alert, note from coverage where organisation <> 'RW1' order by organisation`,
  );
  const silent = await rowsOf<{ closing: string }>(
    connection,
    `select distinct closing::varchar as closing from unfollowed where grain = 'month' order by closing`,
  );
  return { coverage, silent: silent.map(({ closing }) => closing) };
}

test('who is silent before its first month, or after its last, is told so with what to list', async () => {
  const { coverage, silent } = await told([...team('RXY', [march, april]), ...team('G6V2S', [january, february])]);
  expect(coverage).toEqual([
    {
      organisation: 'G6V2S',
      alert: true,
      note: '2 of 4; silent from 2024-03 to the end: if it closed, list its closing date (valid_to) in organisations',
    },
    {
      organisation: 'RXY',
      alert: true,
      note: '2 of 4; silent before 2024-03: if it opened then, list its opening date (valid_from) in organisations',
    },
  ]);
  expect(silent).toEqual([march]);
});

test('where the list says that it opened or closed then, it is not silent: its people count as joining and leaving', async () => {
  const { coverage, silent } = await told(
    [...team('RXY', [march, april]), ...team('G6V2S', [january, february])],
    `update organisation set in_use_from = '2024-03-11' where code = 'RXY'`,
    `update organisation set valid_to = '2024-02-29' where code = 'G6V2S'`,
  );
  expect(coverage).toEqual([
    { organisation: 'G6V2S', alert: false, note: '2 of 4; closed on 2024-02-29' },
    { organisation: 'RXY', alert: false, note: '2 of 4; opened on 2024-03-11' },
  ]);
  expect(silent).toEqual([]);
});

test('a date that is not that of the silence explains nothing', async () => {
  const { coverage, silent } = await told(
    team('RXY', [february, march]),
    `update organisation set in_use_from = '2024-01-15', valid_to = '2024-06-30' where code = 'RXY'`,
  );
  expect(coverage[0]).toMatchObject({ alert: true, note: expect.stringContaining('silent before 2024-02') });
  expect(coverage[0]!.note).toContain('silent from 2024-04 to the end');
  expect(silent).toEqual([february, april]);
});

test('a merger is no silence, unless the successor sends nothing either', async () => {
  const merged = `insert into succession (old_code, new_code, date) values ('RXY', 'RRP', '2024-03-01')`;
  const kept = [`delete from succession`, merged];
  const followed = await told([...team('RXY', [january, february]), ...team('RRP', [march, april], 'RXY')], ...kept);
  expect(followed.coverage).toEqual([
    { organisation: 'RRP', alert: false, note: '2 of 4; from 2024-03' },
    { organisation: 'RXY', alert: false, note: expect.stringMatching(/^2 of 4; until 2024-02, then as .+ \(RRP\)$/) },
  ]);
  const lost = await told(team('RXY', [january, february]), ...kept, `update organisation set valid_to = null`);
  expect(lost.coverage).toEqual([
    {
      organisation: 'RXY',
      alert: true,
      note: expect.stringMatching(/then as .+ \(RRP\); silent from 2024-03 to the end/),
    },
  ]);
  expect(lost.silent).toEqual([march]);
});

test('a month that its whole nation leaves out is no gap of an organisation', async () => {
  const { coverage } = await told([
    ...team('7A1', [january, april]),
    ...team('7A2', [january, april]),
    ...team('RXY', [january, march, april]),
  ]);
  expect(coverage).toEqual([
    { organisation: '7A1', alert: false, note: '2 of 2' },
    { organisation: '7A2', alert: false, note: '2 of 2' },
    { organisation: 'RXY', alert: true, note: '3 of 4; none for 2024-02' },
  ]);
});
