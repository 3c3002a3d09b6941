import { describe, expect, it } from 'vitest';
import { countError, rateError } from './expected-error.ts';

describe('the error a reader should expect', () => {
  it('is the same number of people for every count, and so a smaller share of a larger one', () => {
    expect(countError(2.5, 10).people).toBeCloseTo(4.9, 2);
    expect(countError(2.5, 1000).people).toBe(countError(2.5, 10).people);
    expect(countError(2.5, 100).share).toBeCloseTo(0.049, 3);
  });

  it('is nothing where nothing is changed', () => {
    expect(countError(0, 100)).toEqual({ people: 0, share: 0 });
    const { protection, chance, both } = rateError(0, 100, 0.12);
    expect(protection).toBe(0);
    expect(both).toBe(chance);
  });

  it('agrees with the Wilson interval of 12 in 100: 7.0 % to 19.8 %', () => {
    expect(rateError(0, 100, 0.12).chance).toBeCloseTo((0.198 - 0.07) / 2, 3);
  });

  it('falls with the base: protection faster than chance', () => {
    const [small, large] = [rateError(2.5, 30, 0.12), rateError(2.5, 1000, 0.12)];
    expect(small.protection / large.protection).toBeCloseTo(1000 / 30, 6);
    expect(small.chance / large.chance).toBeLessThan(6);
    expect(large.protection).toBeLessThan(large.chance);
  });
});
