import { projectStock } from '@ahp/sql/statistics/markov';
import { projectRange, type ProjectedRange } from '@ahp/sql/statistics/markov-draws';

/** Multipliers of what happens every year; 1 leaves it as it was. */
export interface Multipliers {
  joiners: number;
  leavers: number;
  progression: number;
  apprenticeships: number;
}

export const asItWas: Multipliers = { joiners: 1, leavers: 1, progression: 1, apprenticeships: 1 };

/** What was observed of one year (or of several added up), people; states in order from the lowest. */
export interface ObservedYear {
  /** In each state at the start, from the transitions themselves. */
  moves: readonly (readonly number[])[];
  left: readonly number[];
  registered: readonly number[];
  inactive: readonly number[];
  /** Joiners into each state, and everybody else who came: back from leave, from other work, recoded. */
  joiners: readonly number[];
  otherIn: readonly number[];
}

/** A model of yearly moves: counts of moves with those who are gone as last entry, and yearly entrants. */
export interface StockFlow {
  moves: number[][];
  /** Of those gone from each state, the share who became registered. */
  registeredShare: number[];
  joiners: number[];
  otherIn: number[];
  /** States whose moves were too few to go by, and which move as all states together do. */
  pooled: number[];
}

/** Fewer observed moves than this say nothing of a state by itself. */
const fewestMoves = 10;

/** Fits the model to years: moves are added up, entrants are yearly means. */
export function fit(years: readonly ObservedYear[]): StockFlow {
  const states = years[0]!.left.map((_, i) => i);
  const sum = (of: (year: ObservedYear) => number) => years.reduce((total, year) => total + Math.max(0, of(year)), 0);
  const mean = (of: (year: ObservedYear) => number) =>
    years.reduce((total, year) => total + of(year), 0) / years.length;
  const rows = states.map((i) => ({
    stays: states.map((j) => sum((year) => year.moves[i]![j]!)),
    gone: sum((year) => year.left[i]! + year.inactive[i]!),
    registered: sum((year) => year.registered[i]!),
  }));
  const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  const stayed = total(rows.map(({ stays }) => total(stays)));
  const gone = total(rows.map((row) => row.gone));
  const registered = total(rows.map((row) => row.registered));
  const pooled = states.filter((i) => total(rows[i]!.stays) + rows[i]!.gone + rows[i]!.registered < fewestMoves);
  return {
    moves: rows.map((row, i) =>
      pooled.includes(i)
        ? [...states.map((j) => (i === j ? stayed : 0)), gone + registered]
        : [...row.stays, row.gone + row.registered],
    ),
    registeredShare: rows.map((row, i) => {
      const [of, all] = pooled.includes(i)
        ? [registered, gone + registered]
        : [row.registered, row.gone + row.registered];
      return all > 0 ? of / all : 0;
    }),
    joiners: states.map((j) =>
      Math.max(
        0,
        mean((year) => year.joiners[j]!),
      ),
    ),
    otherIn: states.map((j) => mean((year) => year.otherIn[j]!)),
    pooled,
  };
}

/**
 * The model under other assumptions. Leavers, moves to a higher state and registrations are multiplied; who then neither leaves nor moves
 * up stays where they are, so nobody is lost: when more would go than are there, everybody goes in the same proportions.
 */
export function under({ moves, registeredShare, joiners, otherIn, pooled }: StockFlow, by: Multipliers): StockFlow {
  const changed = moves.map((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const gone = row.at(-1)!;
    const registered = gone * registeredShare[i]! * by.apprenticeships;
    const left = gone * (1 - registeredShare[i]!) * by.leavers;
    const elsewhere = row.slice(0, -1).map((count, j) => (j === i ? 0 : j > i ? count * by.progression : count));
    const away = elsewhere.reduce((sum, count) => sum + count, left + registered);
    const fits = away > total ? total / away : 1;
    const kept = total - away * fits;
    return {
      row: [...elsewhere.map((count, j) => (j === i ? kept : count * fits)), (left + registered) * fits],
      share: left + registered > 0 ? registered / (left + registered) : 0,
    };
  });
  return {
    moves: changed.map(({ row }) => row),
    registeredShare: changed.map(({ share }) => share),
    joiners: joiners.map((count) => count * by.joiners),
    otherIn,
    pooled,
  };
}

/** One projected year, people. */
export interface FutureYear {
  stock: number[];
  total: number;
  joiners: number;
  leavers: number;
  registered: number;
  limits: ProjectedRange;
}

/** Projects a stock; the limits are of not knowing the moves and of chance in who moves and joins, by 1,000 seeded draws. */
export function project(model: StockFlow, stock: readonly number[], years: number, seed: number): FutureYear[] {
  const entrants = model.joiners.map((count, j) => count + model.otherIn[j]!);
  const shares = model.moves.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total > 0 ? count / total : 0));
  });
  const central = projectStock(
    stock,
    shares.map((row) => row.slice(0, -1)),
    entrants,
    years,
  );
  const ranges = projectRange({ stock, moves: model.moves, joiners: entrants, years, draws: 1000, seed, chance: true });
  const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
  return central.map(({ stock: next }, year) => {
    const before = year === 0 ? stock : central[year - 1]!.stock;
    const gone = before.map((people, i) => people * shares[i]!.at(-1)!);
    const registered = sum(gone.map((people, i) => people * model.registeredShare[i]!));
    return {
      stock: next,
      total: sum(next),
      joiners: sum(entrants),
      leavers: sum(gone) - registered,
      registered,
      limits: ranges[year]!,
    };
  });
}
