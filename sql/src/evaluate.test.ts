import { expect, test } from 'vitest';
import { figureOf, figuresOf } from './hand-counted.ts';
import type { Formula, Measure } from './measure.ts';
import { measureById } from './registry.ts';

const made = (formula: Formula, more: Partial<Measure> = {}): Measure => ({
  ...measureById('headcount'),
  formula: () => formula,
  ...more,
});

test('a proportion carries the Wilson interval: 65 of 100 is 0.5525 to 0.7364', async () => {
  const measure = made({ kind: 'proportion', numerator: { band_up: 1 }, denominator: { headcount_start: 1 } });
  const figure = await figureOf(measure, { band_up: 65, headcount_start: 100 });
  expect(figure.value).toBe(0.65);
  expect(figure.lower).toBeCloseTo(0.552544433, 9);
  expect(figure.upper).toBeCloseTo(0.736357518, 9);
});

test('a rate carries Byar’s limits: 65 events are 50.16 to 82.85', async () => {
  const measure = made({ kind: 'rate', numerator: { exits_left: 1 }, denominator: { exposure_months: 1 }, per: 1000 });
  const figure = await figureOf(measure, { exits_left: 65, exposure_months: 1000 });
  expect(figure.lower).toBeCloseTo(50.16318771, 7);
  expect(figure.upper).toBeCloseTo(82.84913855, 7);
});

test('noise widens every kind of interval', async () => {
  const cell = { headcount: 460, headcount_start: 400, fte: 350_000 };
  const kinds: Formula[] = [
    { kind: 'count', numerator: { headcount: 1 } },
    { kind: 'count', numerator: { headcount: 1, headcount_start: -1 }, signed: true },
    { kind: 'proportion', numerator: { headcount_start: 1 }, denominator: { headcount: 1 } },
    { kind: 'ratio', numerator: { fte: 1 }, denominator: { headcount: 1 } },
    { kind: 'rate', numerator: { headcount_start: 1 }, denominator: { headcount: 1 }, per: 100 },
    { kind: 'change', numerator: { headcount: 1 }, denominator: { headcount_start: 1 } },
  ];
  for (const formula of kinds) {
    const [exact, noisy] = [await figureOf(made(formula), cell), await figureOf(made(formula), cell, { v: 6.25 })];
    expect(noisy.value).toBe(exact.value);
    expect(noisy.upper! - noisy.lower!).toBeGreaterThan(exact.upper! - exact.lower!);
  }
});

test('the noise of a sum of two counts has the variance of both: 1.96 × √12.5 = 6.9 people either way', async () => {
  const measure = made({ kind: 'count', numerator: { headcount: 1, headcount_start: -1 }, signed: true });
  const figure = await figureOf(measure, { headcount: 43, headcount_start: 40 }, { v: 6.25 });
  expect(figure.value).toBe(3);
  expect(figure.lower).toBeCloseTo(3 - 6.929519, 5);
  expect(figure.upper).toBeCloseTo(3 + 6.929519, 5);
});

test('a growth of 15 % from 400 people is 13.15 % to 16.87 % with noise of variance 6.25', async () => {
  const measure = made({ kind: 'change', numerator: { headcount: 1 }, denominator: { headcount_start: 1 } });
  const figure = await figureOf(measure, { headcount: 460, headcount_start: 400 }, { v: 6.25 });
  expect(figure.lower).toBeCloseTo(0.1315, 4);
});

test('a category that has only a base is a rate of 0', async () => {
  const measure = made({ kind: 'proportion', numerator: { band_up: 1 }, denominator: { headcount_start: 1 } });
  const figures = await figuresOf(measure, { band: { band_4: { headcount_start: 12 } } }, { by: ['band'] });
  expect(figures).toMatchObject([{ categories: { band: 'band_4' }, numerator: 0, denominator: 12, value: 0 }]);
});

test('figures split by two dimensions do not depend on the order in which they are named', async () => {
  const cells = { 'band+sex': { 'band_2+female': { headcount: 3 }, 'band_3+male': { headcount: 5 } } };
  const measure = measureById('headcount');
  const [one, other] = [
    await figuresOf(measure, cells, { by: ['band', 'sex'] }),
    await figuresOf(measure, cells, { by: ['sex', 'band'] }),
  ];
  expect(one.map(({ value }) => value)).toEqual(other.map(({ value }) => value));
  expect(other[1]!.categories).toEqual({ sex: 'male', band: 'band_3' });
});

test('categories that a share looks up itself are added before it is divided', async () => {
  const share = {
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['sex'],
    categories: ['male'],
  } as const;
  const cells = {
    band: { band_2: { headcount: 40 } },
    'band+sex': {
      'band_2+female': { headcount: 30 },
      'band_2+male': { headcount: 8 },
      'band_2+unknown': { headcount: 2 },
    },
  };
  const of = async (formula: Formula) => (await figuresOf(made(formula), cells, { by: ['band'] }))[0];
  expect(await of(share)).toMatchObject({ numerator: 8, denominator: 40, value: 0.2 });
  expect(await of({ ...share, known: true })).toMatchObject({ numerator: 8, denominator: 38 });
});
