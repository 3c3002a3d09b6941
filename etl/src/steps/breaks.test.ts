import { tallies } from '@ahp/sql/tally';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { brokenTallies, writeBreaks } from './breaks.ts';

const line = {
  nation: 'scotland',
  tallies: '*fte*',
  label: 'week of 37 hours',
  meaning: 'Weeks differ.',
  source: 'https://example.org',
  valid_from: '2024-04-01',
  valid_to: '',
};

test('one line of the list touches every tally that its names and patterns mean, each once', () => {
  const of = (names: string) => brokenTallies([{ ...line, tallies: names }]).map(({ tally }) => tally);
  expect(of('*fte*')).toEqual(Object.keys(tallies).filter((tally) => tally.includes('fte')));
  expect(of('headcount')).toEqual(['headcount']);
  expect(of('headcount* *count')).toEqual([...new Set([...of('headcount*'), ...of('*count')])]);
  expect(of('*')).toEqual(Object.keys(tallies));
});

test('an empty nation is every nation', () => {
  expect(brokenTallies([{ ...line, nation: '', tallies: 'fte' }])).toEqual([
    { nation: null, from: '2024-04-01', tally: 'fte', label: line.label, meaning: line.meaning, source: line.source },
  ]);
});

test.each([
  [
    { nation: 'scotlnd' },
    'line 3, column nation: “scotlnd” is none of england, scotland, wales, northern_ireland; leave it empty for all of them.',
  ],
  [{ valid_from: '01/04/2024' }, 'line 3, column valid_from: “01/04/2024” is not a day: write it like 2024-04-01.'],
  [{ valid_from: '2024-02-30' }, 'line 3, column valid_from: “2024-02-30” is not a day: write it like 2024-04-01.'],
  [
    { valid_to: '2026-03-31' },
    'line 3, column valid_to: a break has no end: leave it empty, and add a line for the next one.',
  ],
  [
    { tallies: 'headcuont' },
    'line 3, column tallies: “headcuont” is no tally of sql/src/tally.ts; did you mean “headcount”?',
  ],
  [
    { tallies: '' },
    'line 3, column tallies: is empty: name the tallies of sql/src/tally.ts that are counted in another way.',
  ],
  [
    { source: '' },
    'line 3, column source: is empty: readers are told what changed, what it means, and where it says so.',
  ],
])('a line with %o is refused by name', (wrong, problem) => {
  expect(() => brokenTallies([line, { ...line, ...wrong }])).toThrow(Refusal);
  try {
    brokenTallies([line, { ...line, ...wrong }]);
  } catch (error) {
    expect((error as Refusal).details).toEqual([problem]);
  }
});

test('the shipped list holds the Scottish full-time weeks, for every tally in full-time equivalents and no headcount', async () => {
  const connection = await (await openWorkshop(':memory:')).connect();
  await writeBreaks(connection);
  const rows = await rowsOf(
    connection,
    `select nation, from_date::varchar as day, count(*)::integer as tallies, bool_and(tally like '%fte%') as in_fte from release_break group by all order by day`,
  );
  const all = Object.keys(tallies).filter((tally) => tally.includes('fte')).length;
  expect(rows).toEqual([
    { nation: 'scotland', day: '2024-04-01', tallies: all, in_fte: true },
    { nation: 'scotland', day: '2026-04-01', tallies: all, in_fte: true },
  ]);
});
