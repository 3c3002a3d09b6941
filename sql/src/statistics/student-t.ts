import { betaI } from './beta.ts';
import type { Limits } from './poisson.ts';
import { root } from './root.ts';

/** Student t distribution function on df degrees of freedom; https://dlmf.nist.gov/8.17. `studentTCdf(0, 5)` is 0.5. */
export function studentTCdf(t: number, df: number): number {
  const tail = betaI(df / 2, 0.5, df / (df + t * t)) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** Student t quantile for 0 < p < 1. `studentTQuantile(0.975, 7)` is 2.364624. */
export function studentTQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let high = 1;
  while (studentTCdf(-high, df) > tail) high *= 2;
  const t = root((x) => -studentTCdf(-x, df), -tail, 0, high);
  return p < 0.5 ? -t : t;
}

/** Limits of a mean with standard deviation sd of n values, units of the mean; null under 2 values. */
export function meanLimits(mean: number, sd: number, n: number, confidence = 0.95): Limits | null {
  if (!(n >= 2)) return null;
  const reach = (studentTQuantile(1 - (1 - confidence) / 2, n - 1) * sd) / Math.sqrt(n);
  return { lower: mean - reach, upper: mean + reach };
}
