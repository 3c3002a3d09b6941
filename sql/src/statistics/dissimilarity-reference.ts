import { seededRandom } from './random.ts';

/** Dissimilarity index observed, its mean when the groups are shuffled, and the share of shuffles at least as far apart. */
export interface DissimilarityReference {
  index: number;
  expected: number;
  p: number;
}

/** Dissimilarity index ½ Σ|a/A − b/B| of two counts over the same units (as the SQL macro); null when a group is empty. */
export function dissimilarityIndex(a: readonly number[], b: readonly number[]): number | null {
  const sumA = a.reduce((sum, x) => sum + x, 0);
  const sumB = b.reduce((sum, x) => sum + x, 0);
  if (!(sumA > 0 && sumB > 0)) return null;
  return a.reduce((sum, x, i) => sum + Math.abs(x / sumA - b[i]! / sumB), 0) / 2;
}

/**
 * What the dissimilarity index would be by chance: people keep their units, group membership is shuffled `draws` times (seeded).
 * Small groups are far apart by chance alone; compare `index` with `expected`. Whole numbers only; null when a group is empty.
 */
export function dissimilarityReference(
  a: readonly number[],
  b: readonly number[],
  draws = 999,
  seed = 1,
): DissimilarityReference | null {
  const index = dissimilarityIndex(a, b);
  if (index === null) return null;
  const random = seededRandom(seed);
  const units = a.flatMap((count, unit) => new Array<number>(count + b[unit]!).fill(unit));
  const groupSize = a.reduce((sum, x) => sum + x, 0);
  let sum = 0;
  let asFar = 1;
  for (let draw = 0; draw < draws; draw++) {
    const shuffled = new Array<number>(a.length).fill(0);
    for (let i = 0; i < groupSize; i++) {
      const j = i + Math.floor(random() * (units.length - i));
      [units[i], units[j]] = [units[j]!, units[i]!];
      shuffled[units[i]!]!++;
    }
    const drawn = dissimilarityIndex(
      shuffled,
      shuffled.map((count, unit) => a[unit]! + b[unit]! - count),
    )!;
    sum += drawn;
    if (drawn >= index - 1e-12) asFar++;
  }
  return { index, expected: sum / draws, p: asFar / (draws + 1) };
}
