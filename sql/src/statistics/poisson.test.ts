import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };
import { normalQuantile } from './normal.ts';
import { poissonLimits, poissonSignal } from './poisson.ts';

const { rows } = await macroSession();
const phe = sharedData('vectors/phe');
const Z95 = normalQuantile(0.975);
const Z998 = normalQuantile(0.999);

test.each(vectors.exact_poisson95)(
  'exact limits of $x events equal the reference, in TypeScript and in SQL',
  async ({ x, lo, hi }) => {
    const { lower, upper } = poissonLimits(x);
    expect(near(lower, lo) && near(upper, hi)).toBe(true);
    const [row] = await rows(`select poisson_lower(${x}) as lower, poisson_upper(${x}) as upper`);
    expect(near(row!.lower, lo) && near(row!.upper, hi)).toBe(true);
  },
);

test('the constants of poisson.sql equal the exact limits at both levels; ten events, fractions and other levels take Byar', async () => {
  for (const [z, confidence] of [
    [Z95, 0.95],
    [Z998, 0.998],
  ] as const) {
    for (let x = 0; x < 10; x++) {
      const [row] = await rows(`select poisson_lower(${x}, ${z}) as lower, poisson_upper(${x}, ${z}) as upper`);
      const exact = poissonLimits(x, confidence);
      expect(near(row!.lower, exact.lower) && near(row!.upper, exact.upper)).toBe(true);
    }
  }
  const [same] = await rows(`select poisson_lower(10) = byar_lower(10) and poisson_upper(2.5) = byar_upper(2.5)
    and poisson_lower(7, 1.64) = byar_lower(7, 1.64) as same`);
  expect(same!.same).toBe(true);
});

test("Byar's limits of 65 equal the published ones; none and missing events are held", async () => {
  const [row] =
    await rows(`select byar_lower(65) as lower, byar_upper(65) as upper, byar_lower(0) as none, byar_upper(0) as above,
    byar_lower(null) as missing, byar_upper(-1) as negative`);
  expect(row!.lower).toBeCloseTo(50.16318771, 8);
  expect(row!.upper).toBeCloseTo(82.84913855, 8);
  expect(row).toMatchObject({ none: 0, missing: null, negative: null });
  expect(row!.above).toBeGreaterThan(0);
});

test.skipIf(!phe)(
  `Byar and rate limits equal every row of PHEindicatormethods ${phe ? '' : skipReason('vectors/phe')}`,
  async () => {
    const checked = await rows(`
    with byar as (
      select x, lowercl as lower, uppercl as upper, if(confidence = '95%', ${Z95}, ${Z998}) as z
      from read_csv('${phe}/Byars_Wilson__testdata_B_W.csv') where method = 'Byars'
    ),
    rate as (
      select Numerator as x, Denominator as n, multiplier, lower95_0cl as lower, upper95_0cl as upper, ${Z95} as z
      from read_csv('${phe}/Rate__testdata_Rate.csv', nullstr = ['', 'NA'])
      union all select Numerator, Denominator, multiplier, lower99_8cl, upper99_8cl, ${Z998}
      from read_csv('${phe}/Rate__testdata_Rate.csv', nullstr = ['', 'NA'])
      union all select Numerator, Denominator, multiplier, lowercl, uppercl, ${Z95}
      from read_csv('${phe}/Rate__testdata_Rate_g.csv', nullstr = ['', 'NA'])
    )
    select lower, upper, byar_lower(x, z) as own_lower, byar_upper(x, z) as own_upper from byar
    union all select lower, upper, multiplier * poisson_lower(x, z) / n, multiplier * poisson_upper(x, z) / n from rate`);
    expect(checked.length).toBeGreaterThan(50);
    for (const row of checked) {
      // The upstream file leaves one lower limit blank where Byar's falls below 0; ours is 0.
      const lowerAgrees =
        row.lower === null && row.upper !== null ? row.own_lower === 0 : near(row.own_lower, row.lower);
      expect(lowerAgrees && near(row.own_upper, row.upper), JSON.stringify(row)).toBe(true);
    }
  },
);

test.skipIf(!phe)(
  `indirectly standardised limits are Poisson limits over the expected count, as upstream ${phe ? '' : skipReason('vectors/phe')}`,
  async () => {
    const checked = await rows(`
    select value, lower95_0cl as lower, upper95_0cl as upper, lower99_8cl as lower_998, upper99_8cl as upper_998,
      value / observed * poisson_lower(observed) as own_lower, value / observed * poisson_upper(observed) as own_upper,
      value / observed * poisson_lower(observed, ${Z998}) as own_lower_998, value / observed * poisson_upper(observed, ${Z998}) as own_upper_998,
      coalesce(ref_rate, regexp_extract(statistic, '\\d+$')::double) * observed / expected as own_value
    from read_csv('${phe}/DSR_ISR__testresults_ISR.csv', nullstr = ['', 'NA'])`);
    expect(checked.length).toBe(16);
    for (const row of checked) {
      for (const key of ['value', 'lower', 'upper'])
        expect(near(row[`own_${key}`], row[key]), `${key} ${JSON.stringify(row)}`).toBe(true);
      if (row.lower_998 !== null)
        expect(near(row.own_lower_998, row.lower_998) && near(row.own_upper_998, row.upper_998)).toBe(true);
    }
  },
);

test.skipIf(!phe)(
  `funnel limits of rates equal the three PHE files to their solver's 1e-6 ${phe ? '' : skipReason('vectors/phe')}`,
  async () => {
    for (const file of ['', '_2', '_3']) {
      const points = await rows(`from read_csv('${phe}/testdata_funnel_rate_outputs${file}.csv')`);
      expect(points.length).toBe(100);
      for (const point of points) {
        const years = 3;
        const expected = (population: number): number => (population * years * point.baseline) / 100_000;
        const [inner, outer] = [poissonLimits(point.Events, 0.95), poissonLimits(point.Events, 0.998)];
        expect(near(expected(point.lower_2s_population_1_year), inner.upper, 1e-6)).toBe(true);
        expect(near(expected(point.upper_2s_population_1_year), inner.lower, 1e-6)).toBe(true);
        expect(near(expected(point.lower_3s_population_1_year), outer.upper, 1e-6)).toBe(true);
        expect(near(expected(point.upper_3s_population_1_year), outer.lower, 1e-6)).toBe(true);
        expect(near(point.lower_2s_limit, (point.Events / inner.upper) * point.baseline, 1e-6)).toBe(true);
      }
    }
  },
);

const flag = (x: number, expected: number): string => {
  const side = { high: 'High', low: 'Low', within: '' };
  const [outer, inner] = [poissonSignal(x, expected, 0.998), poissonSignal(x, expected, 0.95)];
  return outer !== 'within'
    ? `${side[outer]} (0.001)`
    : inner !== 'within'
      ? `${side[inner]} (0.025)`
      : 'Not significant';
};

test.skipIf(!phe)(
  `funnel flags of rates equal all of PHE's, in TypeScript and in SQL ${phe ? '' : skipReason('vectors/phe')}`,
  async () => {
    const places = await rows(`select *, if(count = 0, 0, count / rate_dsr * 100000) as dsr_people
    from read_csv('${phe}/testdata_funnel_rate_dsr_inputs.csv', nullstr = 'NA')`);
    for (const [column, people, withZero] of [
      ['crude_per_100000_with_0', 'pop', true],
      ['crude_per_100000_without_0', 'pop', false],
      ['crude_per_100_with_0', 'pop', true],
      ['dsr_per_100000_without_0', 'dsr_people', false],
      ['dsr_per_100_without_0', 'dsr_people', false],
    ] as const) {
      const used = places.filter((place) => withZero || place.count > 0);
      const total = (key: string): number => used.reduce((sum, place) => sum + place[key], 0);
      const rate = total('count') / total(people);
      for (const place of used) {
        const expected = rate * place[people];
        expect(flag(place.count, expected)).toBe(place[column]);
        const [row] = await rows(`select funnel_poisson_signal(${place.count}, ${expected}, ${Z998}) as outside`);
        expect(row!.outside).toBe(
          place[column].endsWith('(0.001)') ? place[column].split(' ')[0].toLowerCase() : 'within',
        );
      }
    }
  },
);

test('funnel limits of counts enclose what is expected, invert the Poisson limits and widen with noise', async () => {
  const broken = await rows(`
    with points as (select e, z from (select unnest([0.01, 0.5, 2, 3.9, 10, 40, 250, 10000]) as e),
      (select unnest([1.959963984540054, 3.090232306167813]) as z))
    select *, funnel_poisson_lower(e, 0, z), funnel_poisson_upper(e, 0, z) from points where not (
      funnel_poisson_lower(e, 0, z) between 0 and e and funnel_poisson_upper(e, 0, z) > e
      and (funnel_poisson_lower(e, 0, z) = 0 or abs(byar_upper(funnel_poisson_lower(e, 0, z), z) - e) < 1e-9 * e)
      and abs(byar_lower(funnel_poisson_upper(e, 0, z), z) - e) < 1e-9 * greatest(e, 1)
      and funnel_poisson_upper(e, 6.25, z) > funnel_poisson_upper(e, 0, z)
      and funnel_poisson_lower(e, 6.25, z) <= funnel_poisson_lower(e, 0, z))`);
  expect(broken).toEqual([]);
});
