import { expect, test } from 'vitest';
import { cumulative, randomStream, scramble } from './random.ts';

const take = (seed: number, name: string, count: number) => {
  const random = randomStream(seed, name);
  return Array.from({ length: count }, () => random.next());
};

test('the same seed and name give the same stream, another name or seed a different one', () => {
  expect(take(7, 'careers', 50)).toEqual(take(7, 'careers', 50));
  expect(take(7, 'careers', 5)).not.toEqual(take(7, 'training', 5));
  expect(take(7, 'careers', 5)).not.toEqual(take(8, 'careers', 5));
});

test('numbers are uniform on [0, 1)', () => {
  const numbers = take(1, 'uniform', 100_000);
  const deciles = new Array<number>(10).fill(0);
  for (const number of numbers) deciles[Math.floor(number * 10)]!++;
  const chiSquare = deciles.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(27.9); // 99.9 % point with 9 degrees of freedom
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
});

test('picking follows the weights and never takes a weight of zero', () => {
  const random = randomStream(3, 'pick');
  const weights = cumulative([1, 0, 3]);
  const counts = [0, 0, 0];
  for (let draw = 0; draw < 40_000; draw++) counts[random.pick(weights)]!++;
  expect(counts[1]).toBe(0);
  expect(counts[2]! / 40_000).toBeCloseTo(0.75, 1);
});

test('scrambling is one to one', () => {
  const seen = new Set(Array.from({ length: 200_000 }, (_, value) => scramble(value)));
  expect(seen.size).toBe(200_000);
});
