import { chiSquareQuantile } from './chi-square.ts';

/** Lower and upper limit of an interval. */
export interface Limits {
  lower: number;
  upper: number;
}

/**
 * Exact limits of a Poisson count x (0, 1, 2, …) at a two-sided confidence level: half chi-square quantiles.
 * Garwood 1936, https://doi.org/10.1093/biomet/28.3-4.437. `poissonLimits(7)` is { lower: 2.814363, upper: 14.422675 }.
 */
export function poissonLimits(x: number, confidence = 0.95): Limits {
  const tail = (1 - confidence) / 2;
  return {
    lower: x > 0 ? chiSquareQuantile(tail, 2 * x) / 2 : 0,
    upper: chiSquareQuantile(1 - tail, 2 * x + 2) / 2,
  };
}

/** Where one observed count stands against the count expected of it, by exact Poisson limits: the flag of a funnel of rates. */
export function poissonSignal(x: number, expected: number, confidence = 0.95): 'high' | 'low' | 'within' {
  const { lower, upper } = poissonLimits(x, confidence);
  return expected < lower ? 'high' : expected > upper ? 'low' : 'within';
}
