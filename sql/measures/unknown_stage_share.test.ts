import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './unknown_stage_share.ts';

test('30 of 400 people without a stage are 7.5 %', async () => {
  const stage = { support_worker: { headcount: 370 }, unknown: { headcount: 30 } };
  const [figure] = await figuresOf(measure, { '': { '': { headcount: 400 } }, stage });
  expect(figure!.value).toBeCloseTo(0.075, 12);
});
