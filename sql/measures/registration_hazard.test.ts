import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './registration_hazard.ts';

test('6 events in 240 months in post are 30 for every 100 years', async () => {
  const elapsed = { elapsed_00: { exits_registered: 6, exposure_months: 240, at_risk: 85 } };
  const [figure] = await figuresOf(measure, { elapsed }, { by: ['elapsed'] });
  expect(figure!.value).toBeCloseTo(30, 12);
});
