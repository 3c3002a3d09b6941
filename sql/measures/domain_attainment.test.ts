import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './domain_attainment.ts';

test('of 300 people, 210 attained the first domain and 120 the second: 70 % and 40 %', async () => {
  const domain = { domain_1: { domains_attained: 210 }, domain_2: { domains_attained: 120 } };
  const figures = await figuresOf(measure, { '': { '': { headcount: 300 } }, domain }, { by: ['domain'] });
  expect(figures.map(({ value }) => value)).toEqual([0.7, 0.4]);
});
