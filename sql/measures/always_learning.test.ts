import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './always_learning.ts';

test('two trusts that score 6.5 and 7.1 have a mean of 6.8', async () => {
  const survey_theme = {
    pp5_always_learning: { score: 13_600, score_base: 2 },
    pp6_work_flexibly: { score: 11_000, score_base: 2 },
  };
  const [figure] = await figuresOf(measure, { survey_theme }, { source: 'published' });
  expect(figure!.value).toBeCloseTo(6.8, 12);
});
