import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './apprenticeship_starts.ts';

test('1,834 people started as senior healthcare support workers in 2024/25', async () => {
  const { value } = await figureOf(measure, { apprenticeship_starts: 1834 }, { source: 'published' });
  expect(value).toBeCloseTo(1834, 12);
});
