import { expect, test } from 'vitest';
import { workshopWith, type Post } from '../../test/workshop.ts';
import { refuseJoinedPeople } from './joined-people.ts';

const months = ['2026-01-31', '2026-02-28', '2026-03-31'];
const staff = (count: number, period_end: string, id: (n: number) => string, organisation_code = 'RXY'): Post[] =>
  Array.from({ length: count }, (_, n) => ({
    period_end,
    organisation_code,
    person_id: id(n),
    assignment_id: `A${n}`,
  }));
const own = (n: number) => `P${n}`;
const cut = (n: number) => `P${Math.floor(n / 3)}`;

test('people who collapse while their posts stay are refused, with organisation, months and counts, whichever month is wrong', async () => {
  for (const wrong of [0, 1, 2]) {
    const posts = months.flatMap((month, at) => staff(30, month, at === wrong ? cut : own));
    const refused = await refuseJoinedPeople(await workshopWith(posts)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'joined_people' });
    expect((refused as { details: string[] }).details[0]).toMatch(
      /^RXY: 10 people with 30 posts in .* 2026, 30 people with 30 in .* 2026\.$/,
    );
  }
});

test('it is judged for each organisation, and a service that shrinks with its posts is left alone', async () => {
  const shrinks = months.flatMap((month, at) => staff(at === 2 ? 10 : 30, month, own));
  const others = months.flatMap((month) => staff(300, month, (n) => `Q${n}`, 'RJ1'));
  await refuseJoinedPeople(await workshopWith([...shrinks, ...others]));
  const joined = months.flatMap((month, at) => staff(30, month, at === 1 ? cut : own));
  await expect(refuseJoinedPeople(await workshopWith([...joined, ...others]))).rejects.toMatchObject({
    code: 'joined_people',
  });
});
