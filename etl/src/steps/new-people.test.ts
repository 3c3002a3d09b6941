import { expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith, type Post } from '../../test/workshop.ts';
import { refuseNewPeople } from './new-people.ts';

const [january, february, march] = ['2024-01-31', '2024-02-29', '2024-03-31'] as const;
const team = (period_end: string, from: number, more: Partial<Post> = {}, people = 20) =>
  Array.from({ length: people }, (_, i) => ({ period_end, person_id: `p${from + i}`, ...more }));
const built = async (...posts: Post[][]) => {
  const connection = await workshopWith(posts.flat());
  await toLedger(connection);
  return connection;
};

test('other pseudonyms from one month to the next stop a build, with the organisation, the months and the remedy', async () => {
  const others = [january, february].flatMap((month) => team(month, 1000, { organisation_code: 'RW1' }));
  const connection = await built(others, team(january, 0), team(february, 100));
  const refusal = await refuseNewPeople(connection).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'new_people' });
  expect((refusal as { details: string[] }).details).toEqual([
    'RXY: 20 people in January 2024, 20 in February 2024, and fewer than one in five in both.',
    expect.stringContaining('--new-people'),
  ]);
  await refuseNewPeople(connection, true);
});

test('a month that is missing between them does not hide it', async () => {
  const others = [january, february, march].flatMap((month) => team(month, 1000, { organisation_code: 'RW1' }));
  const connection = await built(others, team(january, 0), team(march, 100));
  await expect(refuseNewPeople(connection)).rejects.toMatchObject({ code: 'new_people' });
});

test('a new employer, one that empties, a merger, a transfer of everybody, few people and high turnover are no such thing', async () => {
  const to = (organisation_code: string) => ({ organisation_code });
  for (const posts of [
    [team(january, 1000, to('RW1')), team(february, 1000, to('RW1')), team(february, 0)],
    [team(january, 0), team(february, 0, {}, 1), team(february, 1000, to('RW1'))],
    [team(january, 0, to('RRP')), team(february, 0, to('G6V2S'))],
    [team(january, 0), team(january, 1000, to('RW1')), team(february, 0, to('RW1')), team(february, 1000)],
    [team(january, 0, {}, 9), team(february, 100, {}, 9)],
    [team(january, 0), team(february, 15)],
  ]) {
    const connection = await built(...posts);
    await refuseNewPeople(connection);
    expect(await rowsOf(connection, 'select * from new_people')).toEqual([]);
  }
});
