import fc from 'fast-check';
import { expect, test } from 'vitest';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };
import { projectRange, thinStates } from './markov-draws.ts';
import { projectStock, steadyState, yearsToExit } from './markov.ts';

const { value } = await macroSession();
const { n0, P, recruits, n1, n5, steady } = vectors.markov;
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

test('one year in SQL and five in TypeScript equal the reference', async () => {
  expect(
    (await value(`select markov_step([${n0}], ${JSON.stringify(P)}, [${recruits}])`)).every((x: number, i: number) =>
      near(x, n1[i]),
    ),
  ).toBe(true);
  const years = projectStock(n0, P, recruits, 5);
  expect(years[0]!.stock.every((x, i) => near(x, n1[i]))).toBe(true);
  expect(years[4]!.stock.every((x, i) => near(x, n5[i], 1e-8))).toBe(true);
});

test('the steady state and the years to exit equal the reference; without leavers there is neither', () => {
  expect(steadyState(P, recruits)!.every((x, i) => near(x, steady[i], 1e-9))).toBe(true);
  expect(yearsToExit(P)!.map((years) => years.toFixed(8))).toEqual(['9.69052829', '10.34698343', '11.03469834']);
  expect(steadyState([[1]], [5])).toBeNull();
  expect(yearsToExit([[1]])).toBeNull();
});

const state = fc.record({
  stock: fc.integer({ min: 0, max: 900 }),
  row: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
  recruits: fc.integer({ min: 0, max: 90 }),
});

test('people are conserved every year: start plus joiners less leavers is the end', () => {
  fc.assert(
    fc.property(fc.array(state, { minLength: 3, maxLength: 3 }), (states) => {
      const transition = states.map(({ row }) => row.slice(0, 3).map((share) => share / (sum(row) || 1)));
      const joiners = states.map(({ recruits }) => recruits);
      let start = states.map(({ stock }) => stock);
      return projectStock(start, transition, joiners, 6).every(({ stock, leavers }) => {
        const conserved =
          near(sum(start) + sum(joiners) - leavers, sum(stock)) &&
          leavers > -1e-9 &&
          stock.every((people) => people >= 0);
        start = stock;
        return conserved;
      });
    }),
    { seed: 9 },
  );
});

test('with nobody moving, leaving or joining the stock stays as it is', () => {
  expect(
    projectStock(
      [5, 7],
      [
        [1, 0],
        [0, 1],
      ],
      [0, 0],
      3,
    ).map(({ stock }) => stock),
  ).toEqual([
    [5, 7],
    [5, 7],
    [5, 7],
  ]);
});

test('drawn projections are the same for a seed, enclose the plain projection and tighten with more observed moves', () => {
  const moves = (scale: number) =>
    P.map((row: number[], i: number) => [...row, 1 - sum(row)].map((share) => share * n0[i]! * scale));
  const range = (scale: number, seed = 1) =>
    projectRange({ stock: n0, moves: moves(scale), joiners: recruits, years: 5, seed });
  expect(range(1)).toEqual(range(1));
  expect(range(1, 2)).not.toEqual(range(1));
  const [few, many] = [range(1)[4]!, range(100)[4]!];
  n5.forEach((people: number, i: number) => {
    expect(few.lower[i]! < people && people < few.upper[i]!).toBe(true);
    expect(many.upper[i]! - many.lower[i]!).toBeLessThan((few.upper[i]! - few.lower[i]!) / 5);
    expect(Math.abs(many.median[i]! / people - 1)).toBeLessThan(0.02);
  });
});

test('states with under ten observed moves are named', () => {
  expect(
    thinStates([
      [4, 3, 2],
      [9, 1, 0],
    ]),
  ).toEqual([0]);
});
