import { Refusal } from '../refusal.ts';
import { maximumEntropy, type Group } from './maximum-entropy.ts';

/** Cell keys are whole numbers below this. */
export const keyRange = 2 ** 32;

/** One change of a p-table row: it applies to the cell keys from `from` up to but not including `to`. A null change withholds the cell. */
export interface Change {
  v: number | null;
  p: number;
  from: number;
  to: number;
}
export type Row = readonly Change[];

/** How the changes of a row may fall. */
export interface RowRule {
  variance: number;
  /** Keep the variance exactly; otherwise it is an upper bound. */
  equality: boolean;
  /** Below zero, a greater change is never likelier than a smaller one. */
  monotone: boolean;
  /** Least probability of no change, or 0. Never used by an audience of ours: it makes differencing easier. */
  stay: number;
}

/**
 * The row of greatest entropy over the allowed changes `support` (ascending), unbiased and of the given variance.
 * Throws `infeasible`, naming `label`, when no distribution over the support meets the rule.
 */
export function solveRow(support: readonly number[], rule: RowRule, label: string): Row {
  let p = solveMonotone(support, 1, rule);
  const centre = support.indexOf(0);
  if (p && centre >= 0 && p[centre]! < rule.stay) {
    const others = support.filter((v) => v !== 0);
    const rest = solveMonotone(others, 1 - rule.stay, rule);
    p = rest && [...rest.slice(0, centre), rule.stay, ...rest.slice(centre)];
  }
  if (!p) {
    throw new Refusal(
      'infeasible',
      `${label}: no unbiased change has variance ${rule.variance}; widen D or alter V or js`,
    );
  }
  return bounded(support, p);
}

/** Whole-number bounds of the keys: cumulative probabilities times 2^32, rounded, the last one 2^32 itself. */
export function bounded(support: readonly (number | null)[], p: readonly number[]): Row {
  let cumulative = 0;
  let from = 0;
  return support.map((v, index) => {
    cumulative += p[index]!;
    const to = index === support.length - 1 ? keyRange : Math.round(cumulative * keyRange);
    const change = { v, p: p[index]!, from, to };
    from = to;
    return change;
  });
}

function solveMonotone(support: readonly number[], mass: number, rule: RowRule): number[] | null {
  let groups = support.map((v) => [v]);
  for (;;) {
    const p = solveGroups(groups.map(summary), mass, rule);
    if (!p) return null;
    const k = rule.monotone ? firstFall(groups, p) : -1;
    if (k < 0) return groups.flatMap((group, g) => group.map(() => p[g]!));
    groups = [...groups.slice(0, k), [...groups[k]!, ...groups[k + 1]!], ...groups.slice(k + 2)];
  }
}

function solveGroups(groups: readonly Group[], mass: number, rule: RowRule): number[] | null {
  if (rule.equality) return maximumEntropy(groups, mass, rule.variance);
  const free = maximumEntropy(groups, mass, null);
  if (!free) return null;
  const variance = groups.reduce((sum, group, g) => sum + group.size * free[g]! * group.square, 0);
  return variance <= rule.variance ? free : maximumEntropy(groups, mass, rule.variance);
}

function firstFall(groups: readonly number[][], p: readonly number[]): number {
  return groups.findIndex((_, g) => g + 1 < groups.length && groups[g + 1]![0]! <= 0 && p[g]! > p[g + 1]! + 1e-12);
}

function summary(group: readonly number[]): Group {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { size: group.length, mean: mean(group), square: mean(group.map((v) => v * v)) };
}
