import { projectStock } from './markov.ts';
import { quantile } from './quantile.ts';
import { randomDirichlet, randomNormal, seededRandom, type Random } from './random.ts';

/** Median and limits of the projected people of each state, one entry per year from 1. */
export interface ProjectedRange {
  median: number[];
  lower: number[];
  upper: number[];
  /** The same of all states together, whose limits are not the sums of theirs. */
  total: { median: number; lower: number; upper: number };
}

/** What a drawn projection needs; `moves[i]` counts people of state i by state a year later, with those who left as last entry. */
export interface DrawnProjection {
  stock: readonly number[];
  moves: readonly (readonly number[])[];
  joiners: readonly number[];
  years: number;
  draws?: number;
  confidence?: number;
  seed?: number;
  /** Whether chance in who moves and in how many join is in the limits too. */
  chance?: boolean;
}

/** States with fewer observed moves than `minimum` (10): too thin for a projection of their own, pool them upwards. */
export const thinStates = (moves: readonly (readonly number[])[], minimum = 10): number[] =>
  moves.flatMap((row, i) => (row.reduce((sum, count) => sum + count, 0) < minimum ? [i] : []));

/**
 * Projection with an interval for not knowing the transition shares: each of 2,000 seeded draws takes every row from
 * Dirichlet(count + 1/k), k the number of outcomes. Chance in who moves, and in how many join, is in the interval only with `chance`.
 */
export function projectRange(projection: DrawnProjection): ProjectedRange[] {
  const { stock, moves, joiners, years, draws = 2000, confidence = 0.95, seed = 1, chance = false } = projection;
  const random = seededRandom(seed);
  const futures = Array.from({ length: draws }, () => {
    const transition = moves.map((row) => {
      const weights = row.map((count) => Math.max(0, count) + 1 / row.length);
      return randomDirichlet(weights, random).slice(0, -1);
    });
    if (!chance) return projectStock(stock, transition, joiners, years);
    return byChance(stock, transition, joiners, years, random);
  });
  const tail = (1 - confidence) / 2;
  return Array.from({ length: years }, (_, year) => {
    const at = (p: number): number[] =>
      stock.map((_, i) =>
        quantile(
          futures.map((future) => future[year]!.stock[i]!),
          p,
        ),
      );
    const totals = futures.map((future) => future[year]!.stock.reduce((sum, people) => sum + people, 0));
    const total = { median: quantile(totals, 0.5), lower: quantile(totals, tail), upper: quantile(totals, 1 - tail) };
    return { median: at(0.5), lower: at(tail), upper: at(1 - tail), total };
  });
}

/** A projection in which every person moves by chance: multinomial moves and Poisson joiners, both as rounded normal numbers would be. */
function byChance(
  stock: readonly number[],
  transition: readonly (readonly number[])[],
  joiners: readonly number[],
  years: number,
  random: Random,
): { stock: number[] }[] {
  const future: { stock: number[] }[] = [];
  let current = stock;
  for (let year = 0; year < years; year++) {
    const next = joiners.map((count) => Math.max(0, count + Math.sqrt(Math.abs(count)) * randomNormal(random)));
    current.forEach((people, i) => {
      let [remaining, share] = [people, 1];
      transition[i]!.forEach((p, j) => {
        const part = share > 0 ? Math.min(1, p / share) : 0;
        const spread = Math.sqrt(Math.max(0, remaining * part * (1 - part)));
        const moved = Math.min(remaining, Math.max(0, remaining * part + spread * randomNormal(random)));
        next[j] = next[j]! + moved;
        remaining -= moved;
        share -= p;
      });
    });
    future.push({ stock: next });
    current = next;
  }
  return future;
}
