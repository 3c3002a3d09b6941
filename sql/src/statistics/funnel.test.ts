import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { macroSession, near } from './macro-session.ts';
import { normalQuantile } from './normal.ts';

const { rows } = await macroSession();
const phe = sharedData('vectors/phe');
const why = phe ? '' : skipReason('vectors/phe');
const Z95 = normalQuantile(0.975);
const Z998 = normalQuantile(0.999);

test.skipIf(!phe).each(['testdata_funnel_prop_outputs', 'testdata_funnel_prop_outputs_with_axis_variation'])(
  `the 100 funnel points of %s equal ours to the printed 1e-6 of a percent ${why}`,
  async (file) => {
    // The first file prints its baseline to 6 digits only; its inputs give the full p0.
    const p0 = file.endsWith('outputs')
      ? `(select sum(numerator) / sum(denominator) from read_csv('${phe}/testdata_funnel_prop_inputs.csv'))`
      : 'Baseline / 100';
    const points = await rows(`
      select Lower2s0025limit as l2, Upper2s0025limit as u2, Lower3s0001limit as l3, Upper3s0001limit as u3,
        100 * funnel_lower(p0, Population) as own_l2, 100 * funnel_upper(p0, Population) as own_u2,
        100 * funnel_lower(p0, Population, 0, ${Z998}) as own_l3, 100 * funnel_upper(p0, Population, 0, ${Z998}) as own_u3
      from (select *, ${p0} as p0 from read_csv('${phe}/${file}.csv'))`);
    expect(points.length).toBe(100);
    for (const row of points) {
      for (const key of ['l2', 'u2', 'l3', 'u3'])
        expect(Math.abs(row[`own_${key}`] - row[key]), JSON.stringify(row)).toBeLessThan(2e-6);
    }
  },
);

test.skipIf(!phe)(`all 303 funnel flags of proportions equal the PHE file ${why}`, async () => {
  const places = await rows(`
    with places as (select Area as organisation, numerator as x, denominator as n, significance from read_csv('${phe}/testdata_funnel_prop_inputs.csv')),
    limits as (from funnel('places'))
    select p0, significance, case
      when proportion > upper_998 then 'High (0.001)' when proportion < lower_998 then 'Low (0.001)'
      when proportion > upper_95 then 'High (0.025)' when proportion < lower_95 then 'Low (0.025)' else 'Not significant' end as own
    from limits join places using (organisation)`);
  expect(places.length).toBe(303);
  expect(places[0]!.p0).toBeCloseTo(0.8064244786, 10);
  expect(places.filter((place) => place.own !== place.significance)).toEqual([]);
});

test.skipIf(!phe)(`over-dispersion equals FunnelPlotR ${why}`, async () => {
  const organisations = await rows(`
    with p as (select org as organisation, numerator as x, denominator as n, Uz from read_csv('${phe}/funnelplotr_regular_20.csv'))
    select * from funnel('p') join (select organisation, Uz from p) using (organisation)`);
  expect(organisations.length).toBe(20);
  for (const row of organisations) {
    expect(near(row.score, row.Uz), JSON.stringify(row)).toBe(true);
    expect(row.phi).toBeCloseTo(1.01987907, 8);
    expect(row.tau2).toBeCloseTo(0.000106414834, 12);
    expect(row.overdispersed_lower_95).toBeLessThan(row.p0);
    expect(row.overdispersed_upper_998).toBeGreaterThan(row.overdispersed_upper_95);
  }
});

test('funnel limits are ordered, in range, wider with noise, and absent without people', async () => {
  const broken = await rows(`
    with points as (select p0, n, v from (select unnest([0.001, 0.1, 0.5, 0.999]) as p0), (select unnest([1, 30, 5000]) as n), (select unnest([0, 6.25]) as v))
    select * from points where not (
      0 <= funnel_lower(p0, n, v, ${Z998}) and funnel_lower(p0, n, v, ${Z998}) <= funnel_lower(p0, n, v, ${Z95})
      and funnel_lower(p0, n, v) <= p0 and p0 <= funnel_upper(p0, n, v) and funnel_upper(p0, n, v, ${Z998}) <= 1
      and funnel_upper(p0, n, 6.25) >= funnel_upper(p0, n, 0)
      and funnel_overdispersed_lower(p0, n, 0.01, v) <= p0 and funnel_overdispersed_upper(p0, n, 0.01, v) between p0 and 1)`);
  expect(broken).toEqual([]);
  const [none] = await rows(
    'select funnel_lower(0.5, 0) as a, funnel_upper(null, 5) as b, funnel_overdispersed_lower(0, 5, 0.1) as c',
  );
  expect(Object.values(none!)).toEqual([null, null, null]);
});

test('few organisations are said to be too few, and organisations that are all 0 or empty raise no error', async () => {
  const [row] = await rows(
    "with p as (select 'A' as organisation, 0 as x, 10 as n union all select 'B', 0, 0) from funnel('p')",
  );
  expect(row).toMatchObject({
    organisation: 'A',
    p0: 0,
    enough_organisations: false,
    lower_95: 0,
    upper_95: 0,
    tau2: null,
  });
});
