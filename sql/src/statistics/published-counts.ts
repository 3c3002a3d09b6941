import { logGamma } from './gamma.ts';
import { normalQuantile, twoSidedP } from './normal.ts';
import published from './published-counts.json' with { type: 'json' };

/** Published counts of a true one with their probabilities. */
type Row = readonly (readonly number[])[];

/** The p-tables by the variance of their protection; the last row serves every larger count, moved along with it. */
const tables = new Map<number, readonly Row[]>([
  [6.25, published.public],
  [3, published.trusted],
]);

/** Events that are expected in one point of a chart, in one year or at one place of a funnel. */
export interface Expected {
  mean: number;
  /** Points of that size which the mean was estimated from; null where it is taken as known. */
  points: number | null;
  /** Published cells that the events are counted in, each protected by itself. */
  cells: number;
  /** Variance of the protection of one cell: 6.25 (public), 3 (trusted) or 0 (exact). */
  v: number;
}

/** What is published of a true count, as pairs of count and probability, where the protection of a cell has this variance. */
export function publishedRow(count: number, v: number): (readonly [number, number])[] {
  const rows = tables.get(v);
  if (!rows) return [[count, 1]];
  const last = rows.length - 1;
  return rows[Math.min(count, last)]!.map(([value, p]) => [value! + Math.max(0, count - last), p!] as const);
}

/** More cells than this are near enough to a normal distribution. */
const mostCells = 8;

/**
 * The probability of each published sum 0, 1, 2, … where chance is all there is: negative binomial with size m λ² ÷ (λ + V), so that the
 * error of an estimated mean is in it (Poisson where the mean is known), through the p-table of every cell. Null for more than eight cells
 * or a protection without a p-table.
 */
export function publishedSum({ mean, points, cells, v }: Expected): number[] | null {
  if (cells > mostCells || (v > 0 && !tables.has(v))) return null;
  const size = points === null ? Infinity : (points * mean ** 2) / (mean + v * cells);
  const one = throughTable(eventsOf(mean / cells, size / cells), v);
  return Array.from({ length: cells - 1 }).reduce<number[]>((sum) => convolved(sum, one), one);
}

/**
 * Limits of a published sum of events: the least one with more than α ÷ 2 at or below it, and the least with 1 − α ÷ 2 at or below it.
 * `exactLimits({ mean: 2.1, points: 12, cells: 1, v: 6.25 }, 0.002)` is { lower: 0, upper: 12 }.
 */
export function exactLimits(expected: Expected, alpha: number): { lower: number; upper: number } {
  const sum = publishedSum(expected);
  if (!sum) {
    const reach = normalQuantile(1 - alpha / 2) * spreadOf(expected);
    return { lower: Math.max(0, Math.ceil(expected.mean - reach)), upper: Math.floor(expected.mean + reach) };
  }
  const reached = (enough: (p: number) => boolean) => {
    let p = 0;
    const found = sum.findIndex((one) => enough((p += one)));
    return found < 0 ? sum.length - 1 : found;
  };
  return { lower: reached((p) => p > alpha / 2), upper: reached((p) => p >= 1 - alpha / 2 - 1e-12) };
}

/** Two-sided p-value of a published sum: twice the smaller tail, itself included, at most 1. */
export function exactP(expected: Expected, observed: number): number {
  const sum = publishedSum(expected);
  if (!sum) return twoSidedP((observed - expected.mean) / spreadOf(expected));
  const tail = (from: number, to: number) => sum.slice(Math.max(0, from), Math.max(0, to)).reduce((a, b) => a + b, 0);
  const x = Math.round(observed);
  return Math.min(1, 2 * Math.min(tail(0, x + 1), tail(x, sum.length)));
}

function spreadOf({ mean, points, cells, v }: Expected): number {
  const ofMean = points === null ? 0 : (mean + v * cells) / points;
  return Math.sqrt(mean + ofMean + v * cells);
}

function eventsOf(mean: number, size: number): number[] {
  if (!(mean > 0)) return [1];
  const [p, spread] = Number.isFinite(size)
    ? [size / (size + mean), Math.sqrt(mean + mean ** 2 / size)]
    : [1, Math.sqrt(mean)];
  const last = Math.ceil(mean + 12 * spread + 12);
  return Array.from({ length: last + 1 }, (_, n) =>
    Number.isFinite(size)
      ? Math.exp(logGamma(n + size) - logGamma(size) - logGamma(n + 1) + size * Math.log(p) + n * Math.log1p(-p))
      : Math.exp(n * Math.log(mean) - mean - logGamma(n + 1)),
  );
}

function throughTable(events: readonly number[], v: number): number[] {
  if (v === 0) return [...events];
  const rows = tables.get(v)!;
  const last = rows.length - 1;
  const sum = new Array<number>(events.length + 11).fill(0);
  events.forEach((p, n) => {
    const moved = Math.max(0, n - last);
    for (const [count, q] of rows[Math.min(n, last)]!) sum[count! + moved]! += p * q!;
  });
  return sum;
}

function convolved(a: readonly number[], b: readonly number[]): number[] {
  const sum = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((p, i) => b.forEach((q, j) => (sum[i + j]! += p * q)));
  return sum;
}
