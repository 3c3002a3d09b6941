import { twoSidedP } from './normal.ts';

/** The most likely change of level of a series: the points before it, by how much the level changed, and how surprising that is. */
export interface LevelChange {
  before: number;
  change: number;
  p: number;
}

/**
 * The place at which the mean of the rest of a series differs most from the mean before it, in standard errors of a point’s standard
 * deviation `sigma`; the two-sided p-value is multiplied by the number of places looked at (Bonferroni). A last segment of one point is
 * a single outlier. Null for fewer than 4 points or when sigma is not above 0.
 * Hawkins 1977, https://doi.org/10.1080/01621459.1977.10479935 (likelihood ratio test for a shift of normal means).
 */
export function levelChange(values: readonly number[], sigma: number): LevelChange | null {
  if (values.length < 4 || !(sigma > 0)) return null;
  const total = values.reduce((sum, value) => sum + value, 0);
  let best: { before: number; change: number; z: number } | null = null;
  let sum = 0;
  for (let before = 1; before < values.length; before++) {
    sum += values[before - 1]!;
    const after = values.length - before;
    const change = (total - sum) / after - sum / before;
    const z = Math.abs(change) / (sigma * Math.sqrt(1 / before + 1 / after));
    if (!best || z > best.z) best = { before, change, z };
  }
  return { before: best!.before, change: best!.change, p: Math.min(1, (values.length - 1) * twoSidedP(best!.z)) };
}
