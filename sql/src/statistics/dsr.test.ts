import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { macroSession, near } from './macro-session.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';

const { rows } = await macroSession();
const phe = sharedData('vectors/phe');

/** European standard population 2013, 19 age bands from 0-4 to 90+. */
const ESP2013 = [
  5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
];

test.skipIf(!phe)(
  `directly standardised rates equal PHEindicatormethods ${phe ? '' : skipReason('vectors/phe')}`,
  async () => {
    const strata = `strata as (
    select area, count as x, pop as n, weights[row_number() over (partition by area order by rowid)] as w
    from (select *, row_number() over () as rowid, ${JSON.stringify(ESP2013)} as weights from read_csv('${phe}/DSR_ISR__testdata_multiarea.csv', parallel = false))
    union all select 'testdata_1976', count, pop, esp1976 from read_csv('${phe}/DSR_ISR__testdata_1976.csv'))`;
    const compared = await rows(`
    with ${strata},
    expected as (select * from read_csv('${phe}/DSR_ISR__testresults_DSR.csv', nullstr = ['', 'NA']) where statistic = 'dsr per 100000' and method = 'Dobson'
      union all select * from read_csv('${phe}/DSR_ISR__testresults_DSR.csv', nullstr = ['', 'NA']) where area = 'testdata_tiny' limit 1000)
    select own.*, o.lower as lower_998, o.upper as upper_998, e.value, e.lower95_0cl, e.upper95_0cl, e.lower99_8cl, e.upper99_8cl
    from dsr('strata') own join dsr('strata', z := ${normalQuantile(0.999)}) o using (area) join expected e using (area)`);
    expect(new Set(compared.map((row) => row.area))).toEqual(
      new Set(['testdata_big', 'testdata_small', 'testdata_tiny', 'testdata_1976']),
    );
    for (const row of compared) {
      // Upstream prints the two 99.8% limits of 1976 ten times too large.
      const slip = row.area === 'testdata_1976' ? 10 : 1;
      expect(
        near(row.rate, row.value) && near(row.lower, row.lower95_0cl) && near(row.upper, row.upper95_0cl),
        JSON.stringify(row),
      ).toBe(true);
      if (row.value !== null) {
        expect(
          near(row.lower_998 * slip, row.lower99_8cl) && near(row.upper_998 * slip, row.upper99_8cl),
          JSON.stringify(row),
        ).toBe(true);
      }
    }
  },
);

test('under 10 events or with an empty stratum there is no rate', async () => {
  const areas =
    await rows(`with strata as (select * from (values ('few', 4, 50, 10), ('few', 5, 50, 10), ('gap', 40, 50, 10), ('gap', 0, 0, 10),
    ('spare', 40, 50, 10), ('spare', 0, 0, 0)) v(area, x, n, w)) select area, rate from dsr('strata', multiplier := 100)`);
  expect(areas).toEqual([
    { area: 'few', rate: null },
    { area: 'gap', rate: null },
    { area: 'spare', rate: 80 },
  ]);
});

test('one stratum is its crude rate with Byar limits, and the limits are ordered around it', async () => {
  const [row] = await rows(
    "with strata as (select 65 as x, 100 as n, 7 as w) select *, byar_lower(65) as low, byar_upper(65) as high from dsr('strata', multiplier := 100)",
  );
  expect(near(row!.rate, 65) && near(row!.lower, row!.low) && near(row!.upper, row!.high)).toBe(true);
});

test('from published counts, limits with the noise hold the true rate about as often as they say; without it they do not', async () => {
  const random = seededRandom(11);
  const noise = () => Math.round(2.5 * (Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, 0) - 6));
  // As the public p-table: 0 stays 0, counts of 1 to 4 become 0 or 5, larger ones stray with variance 6.25.
  const published = (count: number) =>
    count === 0 ? 0 : count < 5 ? (random() < count / 5 ? 5 : 0) : Math.max(5, count + noise());
  const strata = Array.from({ length: 30 }, (_, i) => ({
    people: 15 + 8 * i,
    rate: 0.08 + 0.003 * i,
    weight: 50 + 10 * i,
  }));
  const total = strata.reduce((sum, { weight }) => sum + weight, 0);
  const areas = 400;
  const rowsOfAreas = Array.from({ length: areas }, (_, area) =>
    strata.flatMap(({ people, rate, weight }) => {
      const events = Array.from({ length: people }, () => Number(random() < rate)).reduce((sum, one) => sum + one, 0);
      const [x, n] = [published(events), published(people)];
      return n > 0 ? [`(${area}, ${Math.min(x, n)}, ${n}, ${weight})`] : [];
    }),
  ).flat();
  const found = await rows(`with strata as (select * from (values ${rowsOfAreas.join(', ')}) v(area, x, n, w))
    select plain.area, plain.rate, plain.lower as plain_lower, plain.upper as plain_upper, noisy.lower, noisy.upper
    from dsr('strata', multiplier := 1) plain join dsr('strata', multiplier := 1, v := 6.25) noisy using (area)`);
  const truth = strata.reduce((sum, { rate, weight }) => sum + rate * weight, 0) / total;
  const covered = (lower: string, upper: string) =>
    found.filter((row) => row[lower] <= truth && truth <= row[upper]).length / areas;
  const [plain, noisy] = [covered('plain_lower', 'plain_upper'), covered('lower', 'upper')];
  const bias = found.reduce((sum, row) => sum + row.rate, 0) / areas / truth - 1;
  console.log(
    `standardised rates of published counts: coverage ${noisy} with the noise, ${plain} without; bias ${bias.toFixed(4)}`,
  );
  expect(noisy).toBeGreaterThanOrEqual(0.92);
  expect(plain).toBeLessThan(noisy);
  expect(Math.abs(bias)).toBeLessThan(0.02);
});
