import { describe, expect, it } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { toLedger, workshopWith, type Post } from '../../test/workshop.ts';
import { runSqlFile } from './sql-file.ts';

const months = [
  ...['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31', '2024-03-31'],
  ...['2024-06-30', '2024-09-30', '2024-12-31', '2025-03-31'],
];
const away = null;
const onLeave: Partial<Post> = { assignment_status: 'maternity' };
const here: Partial<Post> = {};

/** What one person counts as at each quarter end, who is as told at the ends of March, June and so on, and stays as in the end. */
async function countedAs(states: readonly (Partial<Post> | null)[], grain = 'quarter') {
  const connection = await workshopWith([
    ...months.map((period_end) => ({ period_end, person_id: 'other' })),
    ...months.flatMap((period_end, i) => {
      const state = states[Math.min(i, states.length - 1)];
      return state ? [{ period_end, person_id: 'p', ...state }] : [];
    }),
  ]);
  const { ledger } = await toLedger(connection);
  expect(ledger.imbalances).toBe(0);
  await runSqlFile(connection, 'lattice/event.sql');
  await runSqlFile(connection, 'lattice/events/flow.sql');
  const rows = await rowsOf<{ at: string; tallies: string }>(
    connection,
    `select period_end::varchar as at, string_agg(distinct tally::varchar, ' ' order by tally::varchar) as tallies
     from event join person using (person) where person_id = 'p' and grain = '${grain}'
       and tally in ('leavers_support', 'joiners_support', 'went_inactive', 'reactivated', 'rejoined') group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ at, tallies }) => [at, tallies]));
}

describe('somebody on leave', () => {
  it('has not left, whenever they come back, and is a returner then and no joiner', async () => {
    expect(await countedAs([here, onLeave, here])).toEqual({
      '2023-06-30': 'went_inactive',
      '2023-09-30': 'reactivated',
    });
    const long = [here, ...Array.from({ length: 7 }, () => onLeave), here];
    expect(await countedAs(long)).toEqual({ '2023-06-30': 'went_inactive', '2025-03-31': 'reactivated' });
    expect(await countedAs(long, 'year')).toEqual({ '2024-03-31': 'went_inactive', '2025-03-31': 'reactivated' });
  });
});

describe('somebody who left', () => {
  const left = { '2023-06-30': 'leavers_support' };
  it('and is back within twelve months is a joiner who came back', async () => {
    expect(await countedAs([here, away, here])).toEqual({ ...left, '2023-09-30': 'joiners_support rejoined' });
    expect(await countedAs([here, away, away, away, here])).toEqual({
      ...left,
      '2024-03-31': 'joiners_support rejoined',
    });
  });

  it('and is back later is a joiner like any other', async () => {
    expect(await countedAs([here, away, away, away, away, here])).toEqual({ ...left, '2024-06-30': 'joiners_support' });
  });

  it('and went and came again counts by the latest time away', async () => {
    expect(await countedAs([here, away, here, away, away, here])).toEqual({
      ...{ ...left, '2023-09-30': 'joiners_support rejoined' },
      ...{ '2023-12-31': 'leavers_support', '2024-06-30': 'joiners_support rejoined' },
    });
  });

  it('is back in the year in whose opening snapshot they were missing', async () => {
    expect(await countedAs([away, here, here, here, away, here, here, here, here], 'year')).toEqual({
      '2025-03-31': 'joiners_support rejoined',
    });
  });

  it('from another employer, or through the registered side, is told apart from coming back', async () => {
    expect(await countedAs([here, { occupation_code: 'S1C', band: '5' }, here])).toEqual({
      ...left,
      '2023-09-30': 'joiners_support',
    });
    expect(await countedAs([here, away, { organisation_code: 'RW1' }])).toEqual({
      ...left,
      '2023-09-30': 'joiners_support rejoined',
    });
  });
});
