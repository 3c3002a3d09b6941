import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith, type Post } from '../../test/workshop.ts';

const [before, after] = ['2024-09-30', '2024-12-31'] as const;

/** Flow class of one person between two quarter ends; null for absent. */
async function flowOf(start: Partial<Post> | null, end: Partial<Post> | null): Promise<string | undefined> {
  const posts = [
    // Someone else is there throughout, so that both snapshots exist.
    { period_end: before, person_id: 'other' },
    { period_end: after, person_id: 'other' },
    ...(start ? [{ period_end: before, person_id: 'p', ...start }] : []),
    ...(end ? [{ period_end: after, person_id: 'p', ...end }] : []),
  ];
  const connection = await workshopWith(posts);
  await toLedger(connection);
  const rows = await rowsOf<{ flow: string }>(
    connection,
    `select flow from ledger join person using (person) where grain = 'quarter' and person_id = 'p'`,
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0]?.flow;
}

describe('the ledger gives each person and pair of snapshots one flow class', () => {
  const registered = { occupation_code: 'S1C', band: '5' };
  const generic = { occupation_code: 'H1R' };
  const cases: [string, Partial<Post> | null, Partial<Post> | null, string | undefined][] = [
    ['nothing changed', {}, {}, 'stayed'],
    ['hours changed', {}, { contracted_fte: 0.6 }, 'hours_changed'],
    ['band 3 to 4', {}, { band: '4' }, 'band_up'],
    ['band 3 to 2', {}, { band: '2' }, 'band_down'],
    ['helper to assistant practitioner at the same band', {}, { occupation_code: 'S5C' }, 'stage_change'],
    ['another profession at the same band', {}, { occupation_code: 'S9E' }, 'stage_change'],
    ['began an apprenticeship', {}, { apprentice: true }, 'to_apprentice'],
    ['became registered', {}, registered, 'to_registered'],
    ['same job, generic code', {}, generic, 'reclassified_out'],
    ['same job, code put right', generic, {}, 'reclassified_in'],
    [
      'another organisation',
      {},
      { organisation_code: 'RW1', assignment_id: 'B', organisation_start_date: '2024-11-01' },
      'transferred',
    ],
    ['maternity leave', {}, { assignment_status: 'maternity' }, 'inactive'],
    ['back from a career break', { assignment_status: 'career_break' }, {}, 'reactivated'],
    ['new', null, {}, 'joined'],
    ['gone', {}, null, 'left'],
    ['bank only is gone', {}, { contract_type: 'bank' }, 'left'],
    ['never in AHP support', registered, registered, undefined],
    [
      'an employer that merged is the same employer',
      { organisation_code: 'RRP' },
      { organisation_code: 'G6V2S' },
      'stayed',
    ],
  ];
  it.each(cases)('%s', async (_, start, end, flow) => {
    expect(await flowOf(start, end)).toBe(flow);
  });
});

describe('a succession', () => {
  const merging = async (others: string[]) => {
    const connection = await workshopWith([
      { period_end: before, person_id: 'p', organisation_code: 'RAP' },
      {
        period_end: after,
        person_id: 'p',
        organisation_code: 'RAL',
        assignment_id: 'B',
        organisation_start_date: '2024-11-01',
      },
      { period_end: before, person_id: 'other', organisation_code: 'RAP' },
      ...others.map((code) => ({ period_end: after, person_id: 'other', organisation_code: code })),
    ]);
    await toLedger(connection);
    const rows = await rowsOf<{ flow: string }>(
      connection,
      `select flow from ledger join person using (person) where grain = 'quarter' and person_id = 'p'`,
    );
    return rows[0]?.flow;
  };

  it('makes one employer of two from its day on, and not before', async () => {
    // RAL takes RAP over on 1 January 2025, the day after this window.
    expect(await merging(['RAP'])).toBe('transferred');
  });

  it('is believed a little before its day, when the old code is gone already', async () => {
    expect(await merging(['RAL'])).toBe('stayed');
  });
});

describe('codes of successions that no list of organisations knows', () => {
  it('are followed through, and end nothing', async () => {
    const connection = await workshopWith([
      { period_end: before, person_id: 'through', organisation_code: 'RXY' },
      { period_end: after, person_id: 'through', organisation_code: 'RW1' },
      { period_end: before, person_id: 'ended', organisation_code: 'RAX' },
      { period_end: after, person_id: 'ended', organisation_code: 'RAX' },
    ]);
    await connection.run(
      `insert into succession (old_code, new_code, date) values
         ('RXY', 'ZZ901', '2024-10-01'), ('ZZ901', 'RW1', '2024-11-01'), ('RAX', 'ZZ902', '2024-11-01'), ('ZZ903', 'RW1', '2024-11-01')`,
    );
    const { ledger } = await toLedger(connection);
    expect(ledger.imbalances).toBe(0);
    const rows = await rowsOf<{ flow: string }>(connection, `select distinct flow from ledger where grain = 'quarter'`);
    expect(rows).toEqual([{ flow: 'stayed' }]);
  });
});

describe('an organisation that was split', () => {
  const split = async (posts: readonly Post[]) => {
    const connection = await workshopWith(posts);
    await connection.run(
      `insert into succession (old_code, new_code, date) values ('RXY', 'RAL', '2024-11-01'), ('RXY', 'RW1', '2024-11-01')`,
    );
    const { ledger } = await toLedger(connection);
    expect(ledger.imbalances).toBe(0);
    return connection;
  };
  const at = (period_end: string, person_id: string, organisation_code: string) => ({
    period_end,
    person_id,
    organisation_code,
  });

  it('is the same employer as each of its successors, which are two', async () => {
    const connection = await split([
      at(before, 'first', 'RXY'),
      at(before, 'second', 'RXY'),
      at(before, 'elsewhere', 'RXY'),
      at(before, 'between', 'RAL'),
      at(after, 'first', 'RAL'),
      at(after, 'second', 'RW1'),
      at(after, 'elsewhere', 'RAX'),
      at(after, 'between', 'RW1'),
    ]);
    const rows = await rowsOf<{ person_id: string; flow: string }>(
      connection,
      `select person_id, flow from ledger join person using (person) where grain = 'quarter' order by person_id`,
    );
    expect(Object.fromEntries(rows.map(({ person_id, flow }) => [person_id, flow]))).toEqual({
      first: 'stayed',
      second: 'stayed',
      elsewhere: 'transferred',
      between: 'transferred',
    });
  });

  it('has become, for each of its people, the successor that they are seen in next', async () => {
    const connection = await split([
      at(before, 'first', 'RXY'),
      at(before, 'second', 'RXY'),
      at(before, 'gone', 'RXY'),
      at(after, 'first', 'RAL'),
      at(after, 'second', 'RW1'),
    ]);
    const rows = await rowsOf<{ person_id: string; now: string }>(
      connection,
      `select person_id, organisation_now::varchar as now from snapshot join person using (person) where period_end = '${before}' order by person_id`,
    );
    expect(rows.map(({ person_id, now }) => [person_id, now])).toEqual([
      ['first', 'RAL'],
      ['gone', 'RAL'],
      ['second', 'RW1'],
    ]);
  });
});

describe('an organisation that sends nothing for a while', () => {
  const team = (period_end: string, organisation_code: string, people = 12) =>
    Array.from({ length: people }, (_, i) => ({
      period_end,
      organisation_code,
      person_id: `${organisation_code}-${i}`,
    }));
  const flows = async (posts: readonly Post[], list?: string) => {
    const connection = await workshopWith(posts);
    if (list) await connection.run(list);
    const { ledger } = await toLedger(connection);
    expect(ledger.imbalances).toBe(0);
    return rowsOf<{ closing: string; code: string; flow: string; n: number }>(
      connection,
      `select closing::varchar as closing, coalesce(start_organisation, end_organisation)::varchar as code, flow, count(*)::integer as n
       from ledger where grain = 'month' group by all order by all`,
    );
  };
  const [january, february, march] = ['2024-01-31', '2024-02-29', '2024-03-31'] as const;
  const others = [january, february, march].flatMap((month) => team(month, 'RW1'));
  const stayed = (closing: string, code = 'RW1') => ({ closing, code, flow: 'stayed', n: 12 });

  it('has not lost everybody, nor hired everybody once it is back', async () => {
    const found = await flows([...others, ...team(january, 'RXY'), ...team(march, 'RXY')]);
    expect(found).toEqual([stayed(february), stayed(march)]);
  });

  it('has lost to others those who are seen there', async () => {
    const found = await flows([
      ...others,
      ...team(january, 'RXY'),
      { period_end: february, organisation_code: 'RW1', person_id: 'RXY-3' },
    ]);
    expect(found).toContainEqual({ closing: february, code: 'RXY', flow: 'transferred', n: 1 });
    expect(found.filter(({ flow }) => flow === 'left')).toEqual([{ closing: march, code: 'RW1', flow: 'left', n: 1 }]);
  });

  it('has lost everybody where the list of organisations ends it, and hired them where it begins', async () => {
    const ended = `update organisation set valid_to = '2024-02-15' where code = 'RXY'`;
    expect(await flows([...others, ...team(january, 'RXY')], ended)).toContainEqual({
      closing: february,
      code: 'RXY',
      flow: 'left',
      n: 12,
    });
    const begun = `update organisation set in_use_from = '2024-02-15' where code = 'RXY'`;
    expect(await flows([...others, ...team(february, 'RXY')], begun)).toContainEqual({
      closing: february,
      code: 'RXY',
      flow: 'joined',
      n: 12,
    });
  });

  it('is one of a few people who may all have gone', async () => {
    expect(await flows([...others, ...team(january, 'RXY', 2)])).toContainEqual({
      closing: february,
      code: 'RXY',
      flow: 'left',
      n: 2,
    });
  });

  it('goes on in the one that took it over', async () => {
    const found = await flows(
      [
        ...others,
        ...team(january, 'RRP'),
        ...team(february, 'G6V2S').map((post, i) => ({ ...post, person_id: `RRP-${i}` })),
      ],
      `insert into succession (old_code, new_code, date) values ('RRP', 'G6V2S', '2024-02-01')`,
    );
    expect(found).toContainEqual(stayed(february, 'RRP'));
  });
});

const state = fc.option(
  fc.record({
    organisation_code: fc.constantFrom('RXY', 'RW1', 'RRP', 'TAF', 'G6V2S'),
    occupation_code: fc.constantFrom('S9C', 'S9E', 'S5C', 'S8C', 'S1C', 'H1R'),
    band: fc.constantFrom('2', '3', '4', '5', 'non_afc'),
    contracted_fte: fc.constantFrom(0.4, 0.8, 1),
    assignment_status: fc.constantFrom('active', 'active', 'active', 'maternity', 'career_break'),
    apprentice: fc.boolean(),
    assignment_id: fc.constantFrom('A', 'B'),
  }),
  { freq: 4 },
);
const months = ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30', '2024-07-31'];
const history = fc.array(fc.array(state, { minLength: months.length, maxLength: months.length }), {
  minLength: 2,
  maxLength: 12,
});

describe('whatever people do', () => {
  it('start + in − out = end for heads and FTE, and every person-pair has exactly one class', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (people) => {
        const posts = people.flatMap((states, index) =>
          states.flatMap((at, month) =>
            at
              ? [
                  {
                    ...at,
                    assignment_id: `${at.assignment_id}${index}`,
                    person_id: `p${index}`,
                    period_end: months[month]!,
                  },
                ]
              : [],
          ),
        );
        fc.pre(posts.length > 0);
        const connection = await workshopWith(posts);
        await connection.run(
          `insert into succession (old_code, new_code, date) values ('RXY', 'RW1', '2024-05-01'), ('RXY', 'RRP', '2024-05-01')`,
        );
        const { ledger } = await toLedger(connection);
        expect(ledger.imbalances).toBe(0);
        const [row] = await rowsOf<{ doubled: number; unclassed: number; missing: number }>(
          connection,
          `select
             (select count(*)::integer from (select 1 from ledger group by grain, closing, person having count(*) > 1)) as doubled,
             (select count(*)::integer from ledger where flow is null) as unclassed,
             (select count(*)::integer from pair join snapshot on snapshot.period_end = pair.opening and active and side = 'support'
                anti join unfollowed on unfollowed.grain = pair.grain and unfollowed.closing = pair.closing and unfollowed.side = 'start' and unfollowed.organisation = snapshot.organisation
                anti join ledger on ledger.grain = pair.grain and ledger.closing = pair.closing and ledger.person = snapshot.person) as missing`,
        );
        expect(row).toEqual({ doubled: 0, unclassed: 0, missing: 0 });
      }),
      { numRuns: 12, seed: 7 },
    );
  });
});
