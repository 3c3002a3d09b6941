import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './apprenticeship_achievements.ts';

test('1,117 people achieved as senior healthcare support workers in 2024/25', async () => {
  const { value } = await figureOf(measure, { apprenticeship_achievements: 1117 }, { source: 'published' });
  expect(value).toBeCloseTo(1117, 12);
});
