import { betaI } from './beta.ts';

/** P(X <= k) of a binomial count of n trials with the given probability. */
export const binomialCdf = (k: number, n: number, probability: number): number =>
  k < 0 ? 0 : k >= n ? 1 : betaI(n - k, k + 1, 1 - probability);

/** Smallest k with P(X <= k) >= p, as R qbinom. `binomialQuantile(0.05, 23, 0.5)` is 8: the fewest crossings of a run chart of 24. */
export function binomialQuantile(p: number, n: number, probability: number): number {
  let k = 0;
  while (k < n && binomialCdf(k, n, probability) < p * (1 - 1e-12)) k++;
  return k;
}
