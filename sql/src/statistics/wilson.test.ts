import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };
import { normalQuantile } from './normal.ts';

const { rows } = await macroSession();
const Z998 = normalQuantile(0.999);
const phe = sharedData('vectors/phe');

test.each(vectors.wilson)(
  'Wilson limits of $x of $n equal the reference at 95% and 99.8%',
  async ({ x, n, lo95, hi95, lo998, hi998 }) => {
    const [row] = await rows(
      `select wilson_lower(${x}, ${n}) as lo95, wilson_upper(${x}, ${n}) as hi95,
      wilson_lower(${x}, ${n}, ${Z998}) as lo998, wilson_upper(${x}, ${n}, ${Z998}) as hi998`,
    );
    for (const [key, expected] of Object.entries({ lo95, hi95, lo998, hi998 }))
      expect(near(row![key], expected), key).toBe(true);
  },
);

test.skipIf(!phe)(
  `Wilson limits equal every row of PHEindicatormethods ${phe ? '' : skipReason('vectors/phe')}`,
  async () => {
    const differences = await rows(`
    with expected as (
      select x, n, lowercl as lower, uppercl as upper, if(confidence = '95%', ${normalQuantile(0.975)}, ${Z998}) as z
      from read_csv('${phe}/Byars_Wilson__testdata_B_W.csv') where method = 'Wilson'
      union all select Numerator, Denominator, lower95_0cl / multiplier, upper95_0cl / multiplier, ${normalQuantile(0.975)}
      from read_csv('${phe}/Proportion__testdata_Prop.csv', nullstr = ['', 'NA'])
      union all select Numerator, Denominator, lower99_8cl / multiplier, upper99_8cl / multiplier, ${Z998}
      from read_csv('${phe}/Proportion__testdata_Prop.csv', nullstr = ['', 'NA'])
      union all select Numerator, Denominator, lowercl / multiplier, uppercl / multiplier, ${normalQuantile(0.975)}
      from read_csv('${phe}/Proportion__testdata_Prop_g.csv', nullstr = ['', 'NA'])
    )
    select lower, upper, wilson_lower(x, n, z) as own_lower, wilson_upper(x, n, z) as own_upper from expected`);
    expect(differences.length).toBeGreaterThan(45);
    for (const row of differences) {
      expect(near(row.own_lower, row.lower) && near(row.own_upper, row.upper), JSON.stringify(row)).toBe(true);
    }
  },
);

test('the Newcombe difference of 56/70 and 48/80 equals its reference', async () => {
  const [row] = await rows(
    'select difference_lower(56, 70, 48, 80) as lower, difference_upper(56, 70, 48, 80) as upper',
  );
  expect(row!.lower).toBeCloseTo(0.0524314724, 9);
  expect(row!.upper).toBeCloseTo(0.333872654, 9);
});

test('Wilson and Newcombe limits are ordered, contain the point and stay in range', async () => {
  const counts = fc.sample(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    numRuns: 300,
    seed: 7,
  });
  const list = counts.map(([n, share]) => `(${Math.round(share * n)}, ${n})`).join(', ');
  const broken = await rows(`
    with pairs as (select x, n, lag(x, 1, 0) over () as x0, lag(n, 1, 1) over () as n0 from (values ${list}) counts(x, n))
    select * from pairs where not (
      wilson_lower(x, n) >= 0 and wilson_lower(x, n) <= x / n + 1e-15 and x / n <= wilson_upper(x, n) + 1e-15 and wilson_upper(x, n) <= 1
      and wilson_lower(x, n, 3.09) <= wilson_lower(x, n) and wilson_upper(x, n, 3.09) >= wilson_upper(x, n)
      and difference_lower(x, n, x0, n0) between -1 and x / n - x0 / n0 + 1e-15
      and difference_upper(x, n, x0, n0) between x / n - x0 / n0 - 1e-15 and 1)`);
  expect(broken).toEqual([]);
});

test('an empty base or a missing count has no interval', async () => {
  const [row] =
    await rows(`select wilson_lower(0, 0) as a, wilson_upper(0, 0) as b, wilson_upper(null, 5) as c, wilson_lower(1, null) as d,
    difference_lower(1, 2, 0, 0) as e`);
  expect(Object.values(row!)).toEqual([null, null, null, null, null]);
});
