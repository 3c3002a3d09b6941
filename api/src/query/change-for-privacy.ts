import type { AudienceRecord } from '../release/catalogue.ts';

/** Limits of the actual count. */
interface Change {
  lower: number;
  upper: number;
}

interface Reach {
  /** Of small published counts, whose protection is not symmetric. */
  small: Readonly<Record<number, readonly [number, number]>>;
  /** Of larger ones: so many more or fewer. */
  larger: number;
}

/** By the variance of the protection: from the p-tables, so that at least 95 % of actual counts lie within (of 15 and more 97.4 % and 95.9 %). */
const reaches = new Map<number, Reach>([
  [6.25, { small: { 0: [0, 7], 5: [1, 10], 6: [3, 11], 7: [3, 12], 8: [4, 13], 9: [5, 14], 10: [5, 15] }, larger: 5 }],
  [3, { small: { 0: [0, 4], 3: [1, 6], 4: [1, 7], 5: [1, 8], 6: [3, 9] }, larger: 3 }],
]);

/**
 * Between which numbers the actual count lies 19 times in 20, for a published count of people that is the sum of so many cells:
 * `{ lower: 0, upper: 7 }` for a public 0. Sums of several cells have no table: 0 grows with the root of their number, larger ones have the
 * interval of the variance (null).
 */
export function changeForPrivacy({ v }: AudienceRecord, count: number, cells: number): Change | null {
  const reach = reaches.get(v);
  if (!reach || cells < 1) return null;
  if (cells > 1) return count === 0 ? { lower: 0, upper: Math.ceil(reach.small[0]![1] * Math.sqrt(cells)) } : null;
  const [lower, upper] = reach.small[count] ?? [Math.max(0, count - reach.larger), count + reach.larger];
  return { lower, upper };
}
