import { logGamma } from './gamma.ts';

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Fisher's exact two-sided p-value for a of n1 against b of n0 (whole numbers): the sum of all tables no likelier than this one,
 * as R fisher.test. NaN when a > n1 or b > n0. `fisherExact(12, 100, 5, 100)` is 0.1261788613.
 */
export function fisherExact(a: number, n1: number, b: number, n0: number): number {
  if (a > n1 || b > n0 || a < 0 || b < 0) return NaN;
  const events = a + b;
  const probability = (x: number): number =>
    Math.exp(logChoose(n1, x) + logChoose(n0, events - x) - logChoose(n1 + n0, events));
  const observed = probability(a) * (1 + 1e-7);
  let p = 0;
  for (let x = Math.max(0, events - n0); x <= Math.min(n1, events); x++) {
    const likelihood = probability(x);
    if (likelihood <= observed) p += likelihood;
  }
  return Math.min(1, p);
}
