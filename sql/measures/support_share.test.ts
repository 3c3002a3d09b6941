import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './support_share.ts';

test('20 support workers beside 60 registered AHPs are a quarter', async () => {
  const { value } = await figureOf(measure, { headcount: 20, registered: 60 });
  expect(value).toBeCloseTo(0.25, 12);
});
