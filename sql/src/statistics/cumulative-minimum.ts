/**
 * The running minimum: makes a curve from perturbed counts non-increasing, as a survival curve must be.
 * Nulls (withheld) stay null. `cumulativeMinimum([1, 0.8, 0.85, 0.7])` is [1, 0.8, 0.8, 0.7].
 */
export function cumulativeMinimum(values: readonly (number | null)[]): (number | null)[] {
  let least = Infinity;
  return values.map((value) => (value === null ? null : (least = Math.min(least, value))));
}
