import type { Sum } from '@ahp/sql/measure';
import { plainTallies, type Tally } from '@ahp/sql/tally';
import type { AudienceRecord } from '../release/catalogue.ts';

/** Standard deviation of the protection of a sum of `cells` counts. */
export function noiseSd(audience: AudienceRecord, cells: number): number {
  return Math.sqrt(cells * audience.v);
}

/** Variance of the noise of a sum of magnitudes for each published cell, in units of the largest contribution squared. */
const magnitudeVariance = 3;

/**
 * How much one person weighs in a tally that is a sum: a full-time equivalent, a usual year of CPD, a year of exposure.
 * Sums are scaled with their published count and then changed in units of the largest contribution, so their variance is
 * about weight² × (variance of a count + variance of a magnitude).
 */
const weights: Partial<Record<Tally, number>> = { cpd_hours: 300, exposure_months: 12, domains_attained: 1 };

/** Posts are no people: they are rounded instead, to the nearest so many thousandths of a full-time equivalent (sql/lattice/plain.sql). */
const steps: Partial<Record<Tally, number>> = {
  funded_fte: 5000,
  vacant_fte: 5000,
  planned_fte: 100,
  practice_educator_fte: 1000,
};

/** Whether every tally of a sum is rounded, and none changed for anybody’s protection. */
export const isRounded = (sum: Sum) => Object.keys(sum).every((tally) => steps[tally as Tally] !== undefined);

/** Variance that protection adds to one published cell of a tally, in the unit of the tally; of posts, that of rounding. */
export function noiseVariance(audience: AudienceRecord, tally: Tally): number {
  const step = steps[tally];
  if (step !== undefined) return step ** 2 / 12;
  if (audience.v === 0 || plainTallies.includes(tally)) return 0;
  const weight = weights[tally] ?? (isFte(tally) ? 1000 : null);
  return weight === null ? audience.v : weight ** 2 * (audience.v + magnitudeVariance);
}

/** Variance that protection adds to a weighted sum of tallies, for each cell that it is summed over. */
export function sumVariance(audience: AudienceRecord, sum: Sum): number {
  const terms = Object.entries(sum) as [Tally, number][];
  return terms.reduce((total, [tally, weight]) => total + weight ** 2 * noiseVariance(audience, tally), 0);
}

/** What a denominator counts as one person: FTE are kept in thousandths. */
export function personsIn(sum: Sum): number {
  const tallies = Object.keys(sum) as Tally[];
  return tallies.every(isFte) ? 1000 : 1;
}

const isFte = (tally: Tally) => /(^|_)fte($|_start$)/.test(tally);
