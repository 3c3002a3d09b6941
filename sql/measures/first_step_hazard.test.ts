import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './first_step_hazard.ts';

test('6 first steps in 240 months are 30 for every 100 years', async () => {
  const elapsed = { elapsed_00: { first_steps: 6, unstepped_months: 240, unstepped: 85 } };
  const [figure] = await figuresOf(measure, { elapsed }, { by: ['elapsed'] });
  expect(figure!.value).toBeCloseTo(30, 12);
});
