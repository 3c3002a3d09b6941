import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './returners.ts';

test('6 people came back', async () => {
  const { value } = await figureOf(measure, { reactivated: 6, joiners_organisation: 20 });
  expect(value).toBeCloseTo(6, 12);
});
