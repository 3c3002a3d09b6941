import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { chiSquareSf } from './chi-square.ts';
import { cumulativeMinimum } from './cumulative-minimum.ts';
import { logRankTest } from './logrank.ts';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };

const { rows, value } = await macroSession();
const survival = sharedData('vectors/survival');
const why = survival ? '' : skipReason('vectors/survival');
const aml = `people as (select time as exit, status as event, 'x=' || x as stratum from read_csv('${survival}/aml.csv'))`;
const lung = (stratum: string): string =>
  `people as (select time as exit, status - 1 as event, ${stratum} as stratum from read_csv('${survival}/lung.csv', nullstr = ['', 'NA']))`;

const scales = [
  ['log_log', 'loglog'],
  ['log', 'log'],
  ['plain', 'plain'],
] as const;
const curves = [
  ['aml_km', aml, 20],
  ['lung_km_by_sex', lung("'sex=' || sex"), 206],
] as const;

test
  .skipIf(!survival)
  .each(
    curves.flatMap(([file, people, points]) =>
      scales.map(([scale, suffix]) => ({ file, people, points, scale, suffix })),
    ),
  )(
  `every point of $file with $scale limits equals R survival ${why}`,
  async ({ file, people, points, scale, suffix }) => {
    const compared = await rows(`
      with ${people}, expected as (select * from read_csv('${survival}/${file}_${suffix}.csv', nullstr = ['', 'NA', 'NaN', 'Inf']))
      select own.*, e.n_risk, e.n_event, e.n_censor, e.surv, e.std_err, e.lower as e_lower, e.upper as e_upper
      from kaplan_meier('people', scale := '${scale}') own join expected e on own.stratum = e.strata and own.time = e.time`);
    expect(compared.length).toBe(points);
    for (const row of compared) {
      expect([row.at_risk, row.events, row.censored]).toEqual([row.n_risk, row.n_event, row.n_censor]);
      expect(near(row.survival, row.surv), JSON.stringify(row)).toBe(true);
      expect(near(row.standard_error, row.std_err), JSON.stringify(row)).toBe(true);
      expect(near(row.lower, row.e_lower) && near(row.upper, row.e_upper), JSON.stringify(row)).toBe(true);
    }
  },
);

const late = vectors.km_delayed_entry;
const lateEntrants = `people as (select unnest(${JSON.stringify(late.entry)}) as entry, unnest(${JSON.stringify(late.exit)}) as exit,
  unnest(${JSON.stringify(late.event)}) as event)`;

test('the curve with delayed entry equals R, and ignoring entry gives the wrong 0.389', async () => {
  const curve = await rows(`with ${lateEntrants} select * from kaplan_meier('people') where events > 0`);
  expect(curve.length).toBe(late.time.length);
  curve.forEach((point, i) => {
    expect([point.time, point.at_risk, point.events]).toEqual([late.time[i], late.n_risk[i], late.n_event[i]]);
    for (const [own, expected] of [
      ['survival', 'surv'],
      ['standard_error', 'se'],
      ['lower', 'lo'],
      ['upper', 'hi'],
    ] as const) {
      expect(near(point[own], late[expected][i]), `${own} at ${point.time}`).toBe(true);
    }
  });
  const ignored =
    await value(`with all_people as (select 1), ${lateEntrants}, on_time as (select exit, event from people)
    select min(survival) from kaplan_meier('on_time')`);
  expect(near(ignored, 0.3888888889, 1e-9)).toBe(true);
});

test.skipIf(!survival)(`the files of twelve late entrants give the same curve ${why}`, async () => {
  const compared = await rows(`
    with people as (select * from read_csv('${survival}/delayed_entry_12.csv')), expected as (select * from read_csv('${survival}/delayed_entry_12_expected.csv'))
    select own.survival, own.at_risk, own.standard_error, own.lower, own.upper, e.* rename (lower as e_lower, upper as e_upper)
    from kaplan_meier('people') own join expected e using (time)`);
  expect(compared.length).toBe(9);
  for (const row of compared) {
    expect(row.at_risk).toBe(row.n_risk);
    expect(
      near(row.survival, row.surv) &&
        near(row.standard_error, row.se) &&
        near(row.lower, row.e_lower) &&
        near(row.upper, row.e_upper),
    ).toBe(true);
  }
});

test.skipIf(!survival)(`medians with limits of lung by sex equal R, log-log and log ${why}`, async () => {
  const summary = async (scale: string) =>
    (await rows(`with ${lung('sex')} from survival_summary('people', 365, scale := '${scale}')`)).map((row) => [
      row.median,
      row.median_lower,
      row.median_upper,
      row.events,
    ]);
  expect(await summary('log_log')).toEqual([
    [270, 210, 306, 112],
    [426, 345, 524, 53],
  ]);
  expect(await summary('log')).toEqual([
    [270, 212, 310, 112],
    [426, 348, 550, 53],
  ]);
});

test.skipIf(!survival)(`survival, its error and the restricted mean of lung at 365 days equal R ${why}`, async () => {
  const [at365] = await rows(
    `with ${lung("'all'")} select * from kaplan_meier('people') where time <= 365 order by time desc limit 1`,
  );
  expect(near(at365!.survival, 0.40924162, 1e-8) && near(at365!.standard_error, 0.035823638, 1e-9)).toBe(true);
  const [summary] = await rows(`with ${lung("'all'")} from survival_summary('people', 365)`);
  expect(near(summary!.restricted_mean, 263.2218665, 1e-9)).toBe(true);
  expect(await value(`with ${lung("'all'")} select restricted_mean from survival_summary('people', 99999)`)).toBeNull();
});

test.skipIf(!survival).each([
  ['lung by sex', lung('sex'), 10.3267419549, 1, 0.00131116452],
  [
    'lung by ECOG',
    `${lung('"ph.ecog"').replace('people', 'everyone')}, people as (from everyone where stratum is not null)`,
    21.9621316825,
    3,
    6.64253536e-5,
  ],
  ['aml', aml, 3.396388699, 1, 0.06533932],
])(`the log-rank test of %s equals R ${why}`, async (_, people, chiSquare, df, p) => {
  const strata = await rows(`with ${people}, risk as (from risk_table('people')) from logrank('risk')`);
  const result = logRankTest(
    strata.map((row) => row.observed),
    strata.map((row) => row.expected),
    strata.map((row) => row.covariance),
  )!;
  expect(near(result.chiSquare, chiSquare, 1e-9)).toBe(true);
  expect(result.df).toBe(df);
  expect(near(result.p, p, 1e-8)).toBe(true);
  expect(near(result.p, chiSquareSf(chiSquare, df), 1e-9)).toBe(true);
  expect(strata[0]!.chi_square === null || near(strata[0]!.chi_square, chiSquare)).toBe(true);
});

test.skipIf(!survival)(`observed and expected deaths of lung by sex equal R ${why}`, async () => {
  const [first] = await rows(`with ${lung('sex')}, risk as (from risk_table('people')) from logrank('risk')`);
  expect(first!.observed).toBe(112);
  expect(near(first!.expected, 91.581739, 1e-8)).toBe(true);
});

test('strata that cannot be compared have no log-rank statistic', async () => {
  const alone = await rows(
    "with risk as (select 'a' as stratum, 1 as time, 5 as at_risk, 1 as events) from logrank('risk')",
  );
  expect(alone).toMatchObject([{ observed: 1, expected: 1, chi_square: null }]);
  expect(logRankTest([1], [1], [[0]])).toBeNull();
  expect(
    logRankTest(
      [0, 0],
      [0, 0],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ).toBeNull();
});

const person = fc.record({
  entry: fc.integer({ min: 0, max: 15 }),
  stay: fc.integer({ min: 0, max: 15 }),
  cause: fc.constantFrom("'moved'", "'promoted'", 'null'),
});

test('a curve never rises, its limits hold it within 0 to 1, and incidences with survival add up to 1', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 40 }), async (people) => {
      const records = `people as (select entry, exit, cause, cause is not null as event
        from (values ${people.map(({ entry, stay, cause }) => `(${entry}, ${entry + stay}, ${cause}::varchar)`).join(', ')}) v(entry, exit, cause))`;
      const broken = await rows(`
        with ${records}, curve as (select *, lag(survival, 1, 1) over (order by time) as before from kaplan_meier('people'))
        select * from curve where survival > before + 1e-15 or survival < 0 or lower > survival + 1e-12 or upper < survival - 1e-12 or lower < 0 or upper > 1`);
      const sums = await rows(`
        with ${records} select time, any_value(survival) + sum(incidence) as total from aalen_johansen('people') group by time having abs(total - 1) > 1e-12`);
      return broken.length === 0 && sums.length === 0;
    }),
    { numRuns: 40, seed: 5 },
  );
});

test('with one cause the cumulative incidence is 1 - Kaplan-Meier; with two it is the worked sum of S(t-) d/n', async () => {
  const one =
    await rows(`with ${lateEntrants}, causes as (select entry, exit, if(event = 1, 'left', null) as cause from people)
    select * from aalen_johansen('causes')`);
  expect(one.every((row) => near(row.incidence, 1 - row.survival))).toBe(true);
  // 4 people: one promoted at 1, one left at 2, one censored at 2, one promoted at 3. Promoted: 1/4 + (3/4)(2/3)(1/1) = 3/4.
  const two =
    await rows(`with people as (select * from (values (1, 'promoted'), (2, 'left'), (2, null), (3, 'promoted')) v(exit, cause))
    select cause, time, incidence from aalen_johansen('people') where time = 3`);
  expect(two).toEqual([
    { cause: 'left', time: 3, incidence: 0.25 },
    { cause: 'promoted', time: 3, incidence: 0.75 },
  ]);
});

const published = `retention as (select * from (values (1, 100, 8), (2, 85, 7), (3, 40, -2), (4, 9, 3), (5, 30, 1)) v(time, at_risk, events))`;

test('a curve from published counts never rises and stops before the first thin risk set', async () => {
  const curve = await rows(`with ${published} from life_table('retention', minimum_at_risk := 10)`);
  expect(curve.map((point) => point.time)).toEqual([1, 2, 3]);
  expect(curve.map((point) => point.survival)).toEqual([0.92, 0.92 * (1 - 7 / 85), 0.92 * (1 - 7 / 85)]);
});

test('noise widens the limits of a curve by v (1 + h^2) / (n - d)^2', async () => {
  const [plain] = await rows(`with ${published} from life_table('retention')`);
  const [noisy] = await rows(`with ${published} from life_table('retention', v := 6.25)`);
  expect(noisy!.survival).toBe(plain!.survival);
  expect((noisy!.standard_error / noisy!.survival) ** 2).toBeCloseTo(
    8 / (100 * 92) + (6.25 * (1 + 0.08 ** 2)) / 92 ** 2,
    14,
  );
  expect(noisy!.lower < plain!.lower && noisy!.upper > plain!.upper).toBe(true);
});

test('everybody gone, nobody at risk and no rows raise no error', async () => {
  const [gone] = await rows("with c as (select 1 as time, 5 as at_risk, 5 as events) from life_table('c')");
  expect(gone).toMatchObject({ survival: 0, standard_error: null, lower: null, upper: null });
  expect(await rows("with c as (select 1 as time, 0 as at_risk, 0 as events) from life_table('c')")).toEqual([]);
  expect(await rows("with c as (select 1 as exit, true as event where false) from kaplan_meier('c')")).toEqual([]);
});

test('the running minimum makes a curve fall and keeps what is withheld', () => {
  expect(cumulativeMinimum([1, 0.8, null, 0.85, 0.7])).toEqual([1, 0.8, null, 0.8, 0.7]);
});
