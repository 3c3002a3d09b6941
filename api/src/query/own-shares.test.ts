import { measureById } from '@ahp/sql/registry';
import { argumentsOf } from '@ahp/sql/arguments';
import { expect, test } from 'vitest';
import type { Catalogue } from '../release/catalogue.ts';
import type { Side } from './cells.ts';
import { statusOf } from './status.ts';

const appraised = measureById('appraisal_rate');
const formula = appraised.formula(argumentsOf(appraised), 'extracts');
const status = (by: string[], x: number, n: number, v = 0) => {
  const catalogue = {
    audience: { v, displayMinimum: 1, rateMinimum: 10 },
    dimensions: [
      { id: 'sex', protectedCharacteristic: true },
      { id: 'band', protectedCharacteristic: false },
    ],
  } as unknown as Catalogue;
  const side: Side = { x, n, base: n, value: x / n, lower: 0.7, upper: 0.95, effective: n, cells: 1, withheld: false };
  return statusOf({ source: 'extracts', catalogue, set: by }, appraised, formula, side, true);
};

test.each<[string, string[], number, number, string]>([
  ['by a characteristic, three left over would be told by the share', ['sex'], 27, 30, 'CONFIDENTIAL'],
  ['five left over are not few', ['sex'], 25, 30, 'OK'],
  ['nobody left over are not few', ['sex'], 30, 30, 'OK'],
  ['by work alone an employer is told everything', ['band'], 27, 30, 'OK'],
  ['without a split as well', [], 27, 30, 'OK'],
])('of an employer’s own shares: %s', (_, by, x, n, expected) => {
  expect(status(by, x, n)).toBe(expected);
});
