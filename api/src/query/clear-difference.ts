import { benjaminiHochberg } from '@ahp/sql/statistics/benjamini-hochberg';
import { normalQuantile, twoSidedP } from '@ahp/sql/statistics/normal';
import type { ComparisonValue, Verdict } from './figure.ts';

/** A difference and its interval, or those of its sides. */
type Limits = Pick<NonNullable<ComparisonValue['interval']>, 'lower' | 'upper'>;

/** What may be chance among the differences that a page calls clear. */
export const falseDiscoveryRate = 0.05;

/** The one rule for a clear difference: its interval excludes zero. Tables, headlines, charts and questions all go by it. */
export function verdictOf(difference: number, interval: Limits | null): Verdict {
  if (interval && interval.lower <= 0 && interval.upper >= 0) return 'NO_CLEAR_DIFFERENCE';
  return difference > 0 ? 'HIGHER' : difference < 0 ? 'LOWER' : 'NO_CLEAR_DIFFERENCE';
}

/** Whether the intervals of two figures are apart, where there is none of their difference. */
export const areApart = (lowerOne: Limits, higherOne: Limits) => lowerOne.upper < higherOne.lower;

/** Two-sided p-value of a difference from its 95 % interval, by the side that faces zero; 1 where there is none. */
function pOf({ difference, interval }: ComparisonValue): number {
  if (difference === null || !interval) return 1;
  const reach = difference > 0 ? difference - interval.lower : interval.upper - difference;
  return reach > 0 ? twoSidedP((Math.abs(difference) / reach) * normalQuantile(0.975)) : 1;
}

/**
 * Many comparisons side by side: with twenty, chance alone makes one clear. Those that are not clear among all (Benjamini–Hochberg, five in a
 * hundred of the clear ones false) say that there is no clear difference.
 */
export function clearTogether(comparisons: readonly (ComparisonValue | null)[]): (ComparisonValue | null)[] {
  const tested = comparisons.flatMap((one) => (one?.interval && one.difference !== null ? [one] : []));
  const adjusted = benjaminiHochberg(tested.map(pOf));
  const unclear = new Set(tested.filter((_, i) => adjusted[i]! > falseDiscoveryRate));
  return comparisons.map((one) => (one && unclear.has(one) ? asUnclear(one) : one));
}

/** A comparison that is not clear, for a reason that may be said. */
export function asUnclear(comparison: ComparisonValue, why = ''): ComparisonValue {
  if (comparison.verdict !== 'HIGHER' && comparison.verdict !== 'LOWER') return comparison;
  const { comparator, display } = comparison;
  return {
    ...comparison,
    verdict: 'NO_CLEAR_DIFFERENCE',
    statement: `No clear difference from ${comparator} (${display})${why}`,
  };
}
