import { expect, test } from 'vitest';
import { drawsOf } from './draws.ts';
import { guessed, inWords, nothingYet, recovered, score, withinGuess } from './recovery.ts';

test('only true counts of 1 to 4 are scored, and only exact hits count', () => {
  const recovery = nothingYet();
  score(recovery, [0, 1, 1, 2, 4, 5, 9], [1, 1.4, 0.2, 2.6, 8, 5, 9]);
  expect(recovery).toMatchObject({ cells: 4, found: 1, foundWhenTold: 3, truths: [2, 1, 0, 1] });
  expect([recovered(recovery), guessed(recovery)]).toEqual([0.25, 0.5]);
  expect(inWords(recovery)).toBe('25% of 4 found (75% when told that they are 1 to 4), guessing 50%');
});

test('an attack fails the criterion when it beats guessing by more than the margin, on enough cells', () => {
  const of = (cells: number, found: number, commonest: number) => ({
    cells,
    found,
    foundWhenTold: found,
    truths: [commonest, cells - commonest, 0, 0] as [number, number, number, number],
  });
  // Three standard errors of a half: 4.7 points of 1,000 counts, 0.15 of a million.
  expect(withinGuess(of(1000, 647, 500), 0.1)).toBe(true);
  expect(withinGuess(of(1000, 648, 500), 0.1)).toBe(false);
  expect(withinGuess(of(1_000_000, 602_000, 500_000), 0.1)).toBe(false);
  expect(withinGuess(of(50, 50, 25), 0.1)).toBe(true);
});

test('draws of one name are always the same, of another name others, and even', () => {
  const take = (name: string) => {
    const draw = drawsOf(name);
    return Array.from({ length: 10_000 }, draw);
  };
  expect(take('a')).toEqual(take('a'));
  expect(take('a')).not.toEqual(take('b'));
  const mean = take('a').reduce((sum, value) => sum + value, 0) / 10_000;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.012);
});
