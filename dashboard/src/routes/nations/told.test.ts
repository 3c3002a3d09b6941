import { expect, it } from 'vitest';
import { besideWords, comparisonCaveats, differs, type Told } from './told.ts';

type Verdict = 'HIGHER' | 'LOWER' | 'NO_CLEAR_DIFFERENCE' | 'NOT_COMPARABLE';

const size = 'Not compared with United Kingdom: counts of places of different size say nothing beside each other.';

/** What an answer tells of one measure: the verdict of each nation beside the United Kingdom. */
function told(verdicts: Record<string, [Verdict, string?]>): Told {
  const rows = Object.entries(verdicts).map(([label, [verdict, statement = '']]) => ({
    isTotal: false,
    area: { label },
    measures: { rate: { comparison: { verdict, statement } } },
  }));
  const whole = { isTotal: true, area: { label: 'United Kingdom' }, measures: { rate: { comparison: null } } };
  return { measure: { id: 'rate' }, rows: [...rows, whole] } as unknown as Told;
}

it('names the nations that are higher, lower or not clearly different', () => {
  const some = told({ England: ['HIGHER'], Scotland: ['LOWER'], Wales: ['HIGHER'], Ulster: ['NO_CLEAR_DIFFERENCE'] });
  expect(besideWords(some)).toBe('Higher in England and Wales; lower in Scotland; no clear difference in Ulster.');
  expect(differs(some)).toBe(true);
});

it('says once that no nation differs clearly', () => {
  const alike = told({ England: ['NO_CLEAR_DIFFERENCE'], Wales: ['NO_CLEAR_DIFFERENCE'] });
  expect(besideWords(alike)).toBe('No clear difference.');
  expect(differs(alike)).toBe(false);
});

it('gives the reason of a refused comparison, with the nations that it is about unless it is about all', () => {
  const other = 'Not compared with United Kingdom: this nation’s figures are made in another way.';
  expect(besideWords(told({ England: ['NO_CLEAR_DIFFERENCE'], Scotland: ['NOT_COMPARABLE', other] }))).toBe(
    'No clear difference in England. Scotland: not compared with United Kingdom: this nation’s figures are made in another way.',
  );
  expect(besideWords(told({ England: ['NOT_COMPARABLE', size], Wales: ['NOT_COMPARABLE', size] }))).toBe(size);
});

it('says how many of its comparisons would look clear by chance', () => {
  const line = told({ England: ['NO_CLEAR_DIFFERENCE'], Scotland: ['NOT_COMPARABLE', size], Wales: ['HIGHER'] });
  expect(comparisonCaveats(Array.from({ length: 20 }, () => line))).toEqual([
    expect.stringContaining('of 40 made here, about 2 would look clear by chance alone'),
  ]);
  expect(comparisonCaveats([told({ England: ['NOT_COMPARABLE', size] })])).toEqual([]);
});
