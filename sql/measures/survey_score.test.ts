import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './survey_score.ts';

test('“always learning” scored 5.55 at one trust', async () => {
  const survey_theme = { pp5_always_learning: { score: 5552.235602, score_base: 1 } };
  const [figure] = await figuresOf(measure, { survey_theme }, { by: ['survey_theme'], source: 'published' });
  expect(figure!.value).toBeCloseTo(5.552235602, 9);
});
