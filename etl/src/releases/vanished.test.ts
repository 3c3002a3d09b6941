import { openWorkshop } from '@ahp/sql/open';
import { expect, test } from 'vitest';
import type { Side } from './difference.ts';
import { refuseVanished } from './vanished.ts';

/** Counts of nations by tally and the last day of a quarter. */
type Counts = Record<string, number>;

async function refusalOf(before: Counts, now: Counts, accepted = false): Promise<string[] | null> {
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  const side = async (name: string, counts: Counts): Promise<Side> => {
    const rows = Object.entries(counts).map(([key, value]) => {
      const [nation, tally, end] = key.split(' ');
      return `('', 'quarter', 'nation', '${nation}', date '${end}', '${tally}', ${value})`;
    });
    await connection.run(
      `create table ${name} as from (values ${rows.join(', ')}) as cell("set", grain, level, area, period_end, tally, value)`,
    );
    return { cell: name, period: `(select distinct grain, period_end from ${name})` } as Side;
  };
  const sides = { before: await side('was', before), now: await side('has', now) };
  try {
    await refuseVanished(connection, { version: '1.0.0', ...sides }, accepted);
    return null;
  } catch (error) {
    return (error as { details: string[] }).details;
  } finally {
    instance.closeSync();
  }
}

const whole = {
  'england headcount 2025-12-31': 9000,
  'england headcount 2026-03-31': 9100,
  'wales headcount 2026-03-31': 500,
  'wales appraised 2026-03-31': 400,
  'wales early_leavers 2026-03-31': 6,
};
const less = (...keys: string[]) => Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key)));

test('the same figures, more, or others are fine', async () => {
  expect(await refusalOf(whole, whole)).toBeNull();
  expect(
    await refusalOf(whole, { ...whole, 'wales headcount 2026-06-30': 510, 'wales appraised 2026-03-31': 3 }),
  ).toBeNull();
});

test('a period without any figure is named', async () => {
  expect((await refusalOf(whole, less('england headcount 2025-12-31')))![0]).toBe(
    'No figure of any kind: quarter to 2025-12-31.',
  );
});

test('a count of a nation that is gone, or 0, is named; a small one may be', async () => {
  const gone = 'wales, appraised: 0 where there were 100 and more: quarter to 2026-03-31.';
  expect((await refusalOf(whole, less('wales appraised 2026-03-31')))![0]).toBe(gone);
  expect((await refusalOf(whole, { ...whole, 'wales appraised 2026-03-31': 0 }))![0]).toBe(gone);
  expect(await refusalOf(whole, less('wales early_leavers 2026-03-31'))).toBeNull();
});

test('who means it says so', async () => {
  expect(await refusalOf(whole, less('wales appraised 2026-03-31'), true)).toBeNull();
});
