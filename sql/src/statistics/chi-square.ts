import { gammaP, gammaQ } from './gamma.ts';
import { root } from './root.ts';

/** Upper tail of the chi-square distribution, P(X >= x) on df degrees of freedom. `chiSquareSf(21.9621316825, 3)` is 6.6425e-5. */
export const chiSquareSf = (x: number, df: number): number => gammaQ(df / 2, x / 2);

/** Chi-square quantile: the x with P(X <= x) = p. `chiSquareQuantile(0.95, 1)` is 3.841458820694124. */
export function chiSquareQuantile(p: number, df: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Infinity;
  const high = df + 10 * Math.sqrt(2 * df) - 4 * Math.log(1 - p) + 10;
  return root((x) => (p < 0.5 ? gammaP(df / 2, x / 2) : 1 - gammaQ(df / 2, x / 2)), p, 0, high);
}
