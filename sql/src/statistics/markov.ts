import { solveLinear } from './linear-system.ts';

/** Square matrix of yearly moves: row i holds the shares of state i that are in each state a year later; the rest of the row left. */
export type Transition = readonly (readonly number[])[];

/** People in each state after a year, and those who left during it. */
export interface ProjectedYear {
  stock: number[];
  leavers: number;
}

/**
 * Markov stock-flow projection n(t+1) = n(t) P + r, people, one entry per year from 1. `joiners` are the yearly recruits of each state.
 * Bartholomew, Forbes and McClean 1991. Every year: start + joiners − leavers = end. The SQL macro `markov_step` is one such year.
 */
export function projectStock(
  stock: readonly number[],
  transition: Transition,
  joiners: readonly number[],
  years: number,
): ProjectedYear[] {
  const projected: ProjectedYear[] = [];
  let current = stock;
  for (let year = 0; year < years; year++) {
    const previous = current;
    const next = joiners.map((recruits, j) =>
      previous.reduce((sum, people, i) => sum + people * transition[i]![j]!, recruits),
    );
    const leavers = previous.reduce((sum, people, i) => sum + people * leavingShare(transition[i]!), 0);
    projected.push({ stock: next, leavers });
    current = next;
  }
  return projected;
}

/** Stock that reproduces itself for ever, r (I − P)⁻¹; null when people never leave (I − P is singular). */
export function steadyState(transition: Transition, joiners: readonly number[]): number[] | null {
  return solveLinear(
    transition.map((_, j) => transition.map((row, i) => Number(i === j) - row[j]!)),
    joiners,
  );
}

/** Expected years until leaving from each state, row sums of (I − P)⁻¹; null when people never leave. */
export function yearsToExit(transition: Transition): number[] | null {
  return solveLinear(
    transition.map((row, i) => row.map((share, j) => Number(i === j) - share)),
    transition.map(() => 1),
  );
}

const leavingShare = (row: readonly number[]): number => 1 - row.reduce((sum, share) => sum + share, 0);
