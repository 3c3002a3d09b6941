import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { macroSession, near } from './macro-session.ts';
import { normalQuantile } from './normal.ts';
import { poissonSignal } from './poisson.ts';

const { rows } = await macroSession();
const phe = sharedData('vectors/phe');
const why = phe ? '' : skipReason('vectors/phe');
const Z998 = normalQuantile(0.999);
const csv = (name: string) => `read_csv('${phe}/${name}.csv', nullstr = ['', 'NA'])`;

test.skipIf(!phe)(
  `observed and expected events of DSR_ISR__testdata_multiarea_isr, DSR_ISR__refdata and the lookup are those of the results ${why}`,
  async () => {
    const areas = await rows(`
      with given as (select area, sum(count) as observed, sum(pop * refcount / refpop) as expected from ${csv('DSR_ISR__testdata_multiarea_isr')} group by area),
        reference as (select 100000 * sum(refcount) / sum(refpop) as rate from ${csv('DSR_ISR__refdata')})
      select given.*, total_count, results.observed as r_observed, results.expected as r_expected, ref_rate, reference.rate,
        ref_rate * byar_lower(given.observed) / given.expected as lower, lower95_0cl
      from given join ${csv('DSR_ISR__testdata_multiarea_lookup')} using (area)
      join (from ${csv('DSR_ISR__testresults_ISR')} where statistic = 'indirectly standardised rate per 100000') as results using (area), reference`);
    expect(areas.length).toBeGreaterThanOrEqual(3);
    for (const row of areas) {
      expect([Number(row.observed), Number(row.total_count)]).toEqual([row.r_observed, row.r_observed]);
      expect(near(row.expected, row.r_expected) && near(row.rate, row.ref_rate), JSON.stringify(row)).toBe(true);
      if (row.observed >= 10) expect(near(row.lower, row.lower95_0cl), JSON.stringify(row)).toBe(true);
    }
  },
);

test.skipIf(!phe)(
  `rates of people with several events each (DSR_ISR__testdata_nonindepe) equal PHE's; limits that count every event as its own are narrower ${why}`,
  async () => {
    // The variance of events that come several to a person is no statistic of this service: people are counted once.
    const esp = [
      5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
    ];
    const areas = await rows(`
      with strata as (select area, count as x, pop as n, ${JSON.stringify(esp)}[row_number() over (partition by area order by ageband)] as w from ${csv('DSR_ISR__testdata_nonindepe')})
      select own.*, results.value, lower95_0cl, upper95_0cl from dsr('strata') own join ${csv('DSR_ISR__testresults_DSR')} results using (area)`);
    expect(areas.length).toBe(4);
    for (const row of areas) {
      expect(near(row.rate, row.value, 1e-8), JSON.stringify(row)).toBe(true);
      if (row.value !== null) expect(row.lower > row.lower95_0cl && row.upper < row.upper95_0cl).toBe(true);
    }
  },
);

test.skipIf(!phe)(
  `Wilson limits equal those of every proportion of SII__testdata_SII to its printed digits ${why}`,
  async () => {
    // The slope index of inequality itself is no statistic of this service.
    const places = await rows(`
    select LowerCL, UpperCL, wilson_lower(Count, Population) as lower, wilson_upper(Count, Population) as upper
    from ${csv('SII__testdata_SII')} where ValueType = 2 and Count is not null and Population > 0 and LowerCL between 0 and 1`);
    expect(places.length).toBeGreaterThan(150);
    const off = places.filter((row) => !near(row.lower, row.LowerCL, 1e-9) || !near(row.upper, row.UpperCL, 1e-9));
    expect(off).toEqual([]);
  },
);

test.skipIf(!phe)(
  `the difference of two quintiles of DSR_testdata from their limits is MOVER's (Zou and Donner 2008) ${why}`,
  async () => {
    const periods = await rows(`
      select poorest.value as a, poorest.lowercl as al, poorest.uppercl as au, richest.value as b, richest.lowercl as bl, richest.uppercl as bu,
        limits_difference_lower(poorest.value, poorest.lowercl, richest.value, richest.uppercl) as lower,
        limits_difference_upper(poorest.value, poorest.uppercl, richest.value, richest.lowercl) as upper
      from ${csv('DSR_testdata')} poorest join ${csv('DSR_testdata')} richest using (Period) where poorest.Quintile = 1 and richest.Quintile = 5`);
    expect(periods.length).toBeGreaterThan(4);
    for (const { a, al, au, b, bl, bu, lower, upper } of periods) {
      expect(near(lower, a - b - Math.hypot(a - al, bu - b))).toBe(true);
      expect(near(upper, a - b + Math.hypot(au - a, b - bl))).toBe(true);
    }
  },
);

test.skipIf(!phe)(
  `derived denominators of testdata_funnel_rate_input_funnels give back the rates, and SQL and exact funnel signals agree on them ${why}`,
  async () => {
    const places = await rows(
      `select *, sum(ev) over () / sum(denominator_derived) over () * denominator_derived as expected from ${csv('testdata_funnel_rate_input_funnels')} where denominator_derived is not null`,
    );
    expect(places.length).toBe(49);
    for (const { ev, rate, denominator_derived, expected } of places) {
      expect(near((100_000 * ev) / denominator_derived / 3, rate, 1e-8)).toBe(true);
      const [row] = await rows(
        `select funnel_poisson_signal(${ev}, ${expected}, ${Z998}) as outer, funnel_poisson_signal(${ev}, ${expected}) as inner`,
      );
      expect(row).toEqual({ outer: poissonSignal(ev, expected, 0.998), inner: poissonSignal(ev, expected, 0.95) });
    }
  },
);
