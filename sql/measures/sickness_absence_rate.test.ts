import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './sickness_absence_rate.ts';

test('476 of 10,000 FTE days lost are 4.76 %', async () => {
  const { value } = await figureOf(
    measure,
    { fte_days_lost: 476_000, fte_days_available: 10_000_000 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(0.0476, 12);
});
