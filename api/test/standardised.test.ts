import { afterAll, beforeAll, expect, test } from 'vitest';
import { releaseOf, type CellsRelease, type TestCell } from './cells-release.ts';

const end = '2026-03-31';
/** People and leavers of each profession and band: England leaves like the United Kingdom but has more of the band that leaves often. */
const places: { level: TestCell['level']; area: string; strata: [string, string, number, number][] }[] = [
  {
    level: 'uk',
    area: 'uk',
    strata: [
      ['band_2', 'dietetics', 1000, 200],
      ['band_4', 'dietetics', 1000, 50],
    ],
  },
  {
    level: 'nation',
    area: 'england',
    strata: [
      ['band_2', 'dietetics', 900, 180],
      ['band_4', 'dietetics', 100, 5],
    ],
  },
  {
    level: 'organisation',
    area: 'R00',
    strata: [
      ['band_2', 'dietetics', 300, 120],
      ['band_4', 'dietetics', 300, 45],
    ],
  },
  { level: 'organisation', area: 'R01', strata: [['band_2', 'dietetics', 300, 60]] },
];
const cells = places.flatMap(({ level, area, strata }): TestCell[] => {
  const cell = (set: string, codes: string[], tally: string, value: number): TestCell => ({
    set,
    grain: 'year',
    level,
    area,
    end,
    codes,
    tally,
    value,
  });
  const sum = (i: 2 | 3) => strata.reduce((total, stratum) => total + stratum[i], 0);
  return [
    cell('', [], 'headcount_start', sum(2)),
    cell('', [], 'leavers_organisation', sum(3)),
    ...strata.flatMap(([band, profession, people, leavers]) => [
      cell('band+profession', [band, profession], 'headcount_start', people),
      cell('band+profession', [band, profession], 'leavers_organisation', leavers),
    ]),
  ];
});

let release: CellsRelease;
beforeAll(async () => {
  release = await releaseOf(cells);
});
afterAll(() => release.close());

const fields =
  '... on StandardisedTable { flagged statement standard { code } rows { area { code } crude { value } standardised { value status interval { lower upper } comparison { value verdict difference { value } } } coverage { value } flagged statement } } ... on QueryRefused { code path alternatives { query } }';

test('a place with another mix of work has the rate of the standard once the mix is the same', async () => {
  const { standardised } = await release.ask(`{ standardised { ${fields} } }`);
  const [england] = standardised.rows;
  expect(england.crude.value).toBeCloseTo(0.185, 12);
  expect(england.standardised.value).toBeCloseTo(0.125, 12);
  expect(england.standardised.comparison).toMatchObject({ value: 0.125, verdict: 'NO_CLEAR_DIFFERENCE' });
  expect(england.standardised.interval.lower).toBeLessThan(0.125);
  expect(england.standardised.interval.upper).toBeGreaterThan(0.125);
  expect(england.coverage.value).toBe(1);
  expect(england.statement).toMatch(/18\.5% as it is, 12\.5% with the mix of work of the United Kingdom/);
});

test('a place that differs in every stratum is flagged, and one without a stratum of the standard is not standardised', async () => {
  const { standardised } = await release.ask(`{ standardised(by: ORGANISATION) { ${fields} } }`);
  const row = (code: string) => standardised.rows.find(({ area }: any) => area.code === code);
  expect(row('R00').standardised.value).toBeCloseTo((0.4 + 0.15) / 2, 12);
  expect(row('R00')).toMatchObject({ flagged: true, standardised: { comparison: { verdict: 'HIGHER' } } });
  expect(row('R01')).toMatchObject({ flagged: false, coverage: { value: 0.5 } });
  expect(row('R01').standardised).toMatchObject({ value: null, status: 'NOT_AVAILABLE' });
  expect(row('R01').statement).toContain('50% of the standard only');
  expect(standardised.flagged).toBe(1);
});

test('the protection of the counts widens the limits and moves no rate', async () => {
  const noisy = await releaseOf(cells, { v: 6.25 });
  const [exact, changed] = [
    await release.ask(`{ standardised { ${fields} } }`),
    await noisy.ask(`{ standardised { ${fields} } }`),
  ].map(({ standardised }) => standardised.rows[0].standardised);
  await noisy.close();
  expect(changed.value).toBe(exact.value);
  expect(changed.interval.upper - changed.interval.lower).toBeGreaterThan(exact.interval.upper - exact.interval.lower);
});

test('what cannot be standardised is refused by name, with a question that works', async () => {
  const answers = await release.ask(`{
    count: standardised(measure: HEADCOUNT) { ${fields} }
    unpublished: standardised(measure: BAND_UP_RATE) { ${fields} }
    filtered: standardised(where: { band: [BAND_2] }) { ${fields} } }`);
  expect(answers.count).toMatchObject({ code: 'NOT_COMPARABLE', path: ['standardised', 'measure'] });
  expect(answers.unpublished).toMatchObject({ code: 'NOT_PUBLISHED', path: ['standardised', 'measure'] });
  expect(answers.filtered).toMatchObject({ code: 'NOTHING_SELECTED', path: ['standardised', 'where', 'band'] });
  for (const refused of Object.values(answers))
    expect((await release.ask(refused.alternatives[0].query)).standardised.rows).toBeDefined();
});
