import { chiSquareSf } from './chi-square.ts';
import { solveLinear } from './linear-system.ts';

/** A chi-square statistic with its degrees of freedom and p-value. */
export interface ChiSquareTest {
  chiSquare: number;
  df: number;
  p: number;
}

/**
 * Log-rank test over two or more strata from the rows of the SQL macro `logrank` (observed, expected, covariance in one order).
 * The last stratum is dropped and the quadratic form taken, as R survival::survdiff; null when nothing can be compared.
 */
export function logRankTest(
  observed: readonly number[],
  expected: readonly number[],
  covariance: readonly (readonly number[])[],
): ChiSquareTest | null {
  const df = observed.length - 1;
  if (df < 1) return null;
  const difference = observed.slice(0, df).map((count, i) => count - expected[i]!);
  const weights = solveLinear(
    covariance.slice(0, df).map((row) => row.slice(0, df)),
    difference,
  );
  if (!weights) return null;
  const chiSquare = difference.reduce((sum, d, i) => sum + d * weights[i]!, 0);
  return { chiSquare, df, p: chiSquareSf(chiSquare, df) };
}
