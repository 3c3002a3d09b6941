import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './replacement_ratio.ts';

test('1,501 joiners and 1,234 leavers in November 2025 are 1.22 for each', async () => {
  const { value } = await figureOf(
    measure,
    { joiners_organisation: 1501, leavers_organisation: 1234 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(1.21636952998, 9);
});
