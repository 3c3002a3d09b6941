import { rowsOf } from '@ahp/sql/open';
import { chiSquareSf } from '@ahp/sql/statistics/chi-square';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { matchLatestYear } from '../matched.ts';

const bins = 256;
/**
 * Standard errors of the mean and of the variance, and p-value of uniform keys, at which a release is refused. One sound build in 150 strays beyond 3 and 0.001,
 * and its operator could do nothing about it: the secret must not change.
 */
const refused = { errors: 5, p: 1e-7 };

/** The noise of the release is what the p-tables say, and its keys are what keys should be. */
export const noise: Attack = {
  number: 18,
  id: 'noise_audit',
  title: 'Noise and keys of the lattice are as designed',
  criterion:
    'mean within 5 standard errors of 0 (beyond 3 is said); variance within 5% of V, or 5 standard errors where cells are too few to tell; cell keys uniform (chi-square p > 1e-7); no key of a person in two periods',
  fast: true,
  asks: false,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  await matchLatestYear(context, audience);
  const [moments] = await rowsOf<{ cells: number; mean: number; variance: number }>(
    context.workshop,
    `with distinct_sets as (select any_value(value - n) as change from matched where n >= ${audience.d + audience.js + 1} group by key)
     select count(*)::integer as cells, coalesce(avg(change), 0) as mean, coalesce(var_samp(change), 0) as variance from distinct_sets`,
  );
  const { cells, mean, variance } = moments!;
  const p = await uniformity(context);
  const kept = await keysKept(context, audience);
  const errors = Math.abs(mean) / Math.sqrt(audience.v / Math.max(1, cells));
  // The relative standard error of a variance is at most √(2 ÷ n) for noise that is bounded.
  const spread =
    Math.abs(variance / audience.v - 1) <= Math.max(0.05, refused.errors * Math.sqrt(2 / Math.max(1, cells)));
  return {
    figure: `mean ${mean.toFixed(3)}${errors > 3 ? ` (${errors.toFixed(1)} standard errors)` : ''}, variance ${variance.toFixed(2)} over ${cells.toLocaleString('en-GB')} sets of people; keys p = ${p.toPrecision(2)}, ${kept} kept over time`,
    passed: errors <= refused.errors && spread && p > refused.p && kept === 0,
  };
}

/** P-value of the chi-square test that distinct cell keys fall evenly into 256 bins. */
async function uniformity({ workshop }: Context): Promise<number> {
  const counts = await rowsOf<{ n: number }>(
    workshop,
    `select count(*)::integer as n from (select distinct key from matched) group by key // ${2 ** 32 / bins}`,
  );
  const expected = counts.reduce((sum, { n }) => sum + n, 0) / bins;
  const empty = bins - counts.length;
  return chiSquareSf(
    counts.reduce((sum, { n }) => sum + (n - expected) ** 2 / expected, empty * expected),
    bins - 1,
  );
}

/** How many record keys of headcounts come back in another period: chance alone would make less than one in a thousand million. */
async function keysKept({ workshop }: Context, { id }: Audience): Promise<number> {
  const [row] = await rowsOf<{ kept: number }>(
    workshop,
    `with drawn as (select person, ${id}_key as key from record_key where key_period like '%|headcount')
     select (count(*) - count(distinct (person, key)))::integer as kept from drawn where person % 16 = 0`,
  );
  return row!.kept;
}
