import { beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith } from '../../test/workshop.ts';

const nations = ['england', 'scotland', 'wales', 'northern_ireland'];
const bank = 'bank or honorary contract';
/** Posts, and by which rule they are left out; of several nations where they differ. */
const posts: [string, { contract_type?: string; contracted_fte?: number }, string | null | Record<string, string>][] = [
  ['a bank contract', { contract_type: 'bank' }, bank],
  ['a bank contract without hours', { contract_type: 'bank', contracted_fte: 0 }, bank],
  ['an honorary contract', { contract_type: 'honorary' }, bank],
  ['a permanent contract of 0 FTE', { contracted_fte: 0 }, 'contracted FTE of 0'],
  ['0.02999 FTE', { contracted_fte: 0.02999 }, { northern_ireland: 'contracted FTE below 0.03 in Northern Ireland' }],
  ['0.03 FTE', { contracted_fte: 0.03 }, null],
  ['a locum', { contract_type: 'locum' }, null],
];

describe.each(nations)('of the posts in %s', (nation) => {
  let found: Map<string, { rule: string | null; people: number }>;
  beforeAll(async () => {
    const connection = await workshopWith(
      posts.map(([, post], i) => ({
        period_end: '2025-03-31',
        person_id: `p${i}`,
        organisation_code: 'PLACE',
        ...post,
      })),
    );
    await connection.run(
      `insert into organisation (code, label, nation, in_use_from) values ('PLACE', 'Place', '${nation}', '1900-01-01')`,
    );
    await toLedger(connection);
    const rows = await rowsOf<{ person_id: string; rule: string | null; people: number }>(
      connection,
      `select person_id, left_out as rule, (select count(*)::integer from snapshot where snapshot.person = person.person) as people
       from judged join person using (person_id)`,
    );
    found = new Map(rows.map(({ person_id, rule, people }) => [person_id, { rule, people }]));
  });

  it.each(posts.map(([what, , rule], i) => [what, `p${i}`, rule] as const))('%s', (_, id, rule) => {
    const expected = rule === null || typeof rule === 'string' ? rule : (rule[nation] ?? null);
    expect(found.get(id)).toEqual({ rule: expected, people: expected === null ? 1 : 0 });
  });
});
