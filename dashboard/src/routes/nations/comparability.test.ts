import { expect, it } from 'vitest';
import type { Catalogue } from '#lib/server/catalogue.ts';
import { betweenWords, comparability } from './comparability.ts';

const nations = ['England', 'Scotland', 'Wales'].map((label) => ({ code: label.toLowerCase(), label }));
const measure = (id: string, comparable: string, caveats: string[], tallies: string[] = []) => ({
  ...{ id, title: id, caveats, parameters: [] as object[] },
  comparable: comparable.split(' '),
  tallies: tallies.map((tally) => ({ id: tally })),
});
const all = {
  nations,
  breaks: [{ nation: { code: 'scotland' }, tallies: ['fte'] }],
  measures: [
    measure('joiners', 'ENGLAND SCOTLAND WALES', ['Counted by main post.']),
    measure('leavers', 'ENGLAND SCOTLAND WALES', []),
    {
      ...measure('rate', 'ENGLAND SCOTLAND WALES', []),
      parameters: [{ name: 'method', choices: [{ meaning: 'of the mean' }] }],
    },
    measure('fte', 'ENGLAND WALES', ['Weeks in Scotland are shorter.'], ['fte']),
    measure('absence', 'ENGLAND', ['England only.'], ['fte']),
  ],
} as unknown as Catalogue;

it('puts measures together that may be compared between the same nations, for the same reasons', () => {
  const { statement, compared } = comparability(all);
  expect(statement).toBe(
    'Of 5 measures, 3 can be compared between all nations, 1 between some of them, and 1 between none: they are of England alone.',
  );
  expect(compared.map(({ between, groups }) => [between, ...groups])).toEqual([
    [
      'Between all nations',
      {
        measures: [
          { id: 'joiners', title: 'joiners' },
          { id: 'leavers', title: 'leavers' },
        ],
        reasons: [],
      },
      { measures: [{ id: 'rate', title: 'rate' }], reasons: ['Here, for every nation: of the mean.'] },
    ],
    [
      'Between England and Wales; Scotland by itself',
      {
        measures: [{ id: 'fte', title: 'fte' }],
        reasons: ['Weeks in Scotland are shorter.', 'Breaks in the series of Scotland: see below.'],
      },
    ],
    ['England alone', { measures: [{ id: 'absence', title: 'absence' }], reasons: ['England only.'] }],
  ]);
});

it('names the nations that stand by themselves', () => {
  const { nations } = all;
  expect(betweenWords({ nations: [...nations, { code: 'man', label: 'Man' }] }, all.measures[3]!)).toBe(
    'Between England and Wales; Scotland and Man by themselves',
  );
});
