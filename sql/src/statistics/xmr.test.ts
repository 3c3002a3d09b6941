import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { macroSession, near, type PlainRow } from './macro-session.ts';
import { randomNormal, seededRandom } from './random.ts';

const { rows } = await macroSession();
const spc = sharedData('vectors/spc');
const file = `${spc}/xmr_expected.csv`;

const OPTIONS: Record<string, string> = {
  deviations_screen_false: '',
  fix12: ', screen := true, baseline := 12',
};
const LABEL: Record<string, string> = {
  above_limit: 'Above UCL',
  below_limit: 'Below LCL',
  trend_up: '7 Point Trend (Increasing)',
  trend_down: '7 Point Trend (Decreasing)',
  two_of_three_above: '2 in 3 Above CL',
  two_of_three_below: '2 in 3 Below CL',
  shift_above: '7 Points Above CL',
  shift_below: '7 Points Below CL',
};
const direction = (name: string): string => (name === 'leaver_rate_like' ? 'decrease' : 'increase');
const chart = (values: readonly number[], options = '') =>
  rows(
    `with points as (select i as t, y from (select unnest(range(${values.length})) as i, unnest([${values.join(', ')}]::double[]) as y)) from xmr('points'${options})`,
  );

test
  .skipIf(!spc)
  .each([
    'deviations_screen_true',
    'deviations_screen_false',
    'trend7_increase',
    'two_of_three',
    'fix12',
    'leaver_rate_like',
    'constant_series',
  ])(`every point of %s equals NHSRplotthedots ${spc ? '' : skipReason('vectors/spc')}`, async (name) => {
  const points = await rows(`
    with expected as (select * from read_csv('${file}', all_varchar = true) where "case" = '${name}'),
    points as (select i::integer as t, y::double as y, rebase_group as phase from expected)
    select own.*, e.mean as e_mean, e.lpl, e.upl, e.outside_limits, e.relative_to_mean, e.close_to_limits, e.special_cause_type, e.point_type
    from xmr('points', improvement := '${direction(name)}'${OPTIONS[name] ?? ', screen := true'}) own join expected e on own.t = e.i::integer`);
  expect(points.length).toBeGreaterThan(7);
  for (const point of points) {
    expect(near(point.mean, point.e_mean), JSON.stringify(point)).toBe(true);
    // NHSRplotthedots gives no limits for a constant series; ours have zero width.
    expect(
      near(point.lower, point.lpl ?? point.y) && near(point.upper, point.upl ?? point.y),
      JSON.stringify(point),
    ).toBe(true);
    expect(point.outside).toBe(point.outside_limits === 'TRUE');
    expect(point.near).toBe(point.close_to_limits === 'TRUE');
    expect(point.side).toBe(Number(point.relative_to_mean));
    expect(point.signal === null ? 'Common Cause' : LABEL[point.signal], JSON.stringify(point)).toBe(
      point.special_cause_type,
    );
    expect(point.signal === null ? 'common_cause' : `special_cause_${point.variation}`).toBe(point.point_type);
  }
});

test('a phase has its own limits and runs do not cross into the next: rebasing equals two charts', async () => {
  const [before, after] = [
    [5, 6, 7, 8, 6, 5, 7, 6, 7, 8],
    [20, 21, 22, 23, 24, 25, 26, 20, 21, 19],
  ];
  const rebased = await rows(`
    with points as (select i as t, y, i // 10 as phase from (select unnest(range(20)) as i, unnest([${[...before, ...after]}]) as y))
    from xmr('points')`);
  const apart = [...(await chart(before)), ...(await chart(after))];
  const bare = ({ mean, lower, upper, signal, moving_range }: PlainRow) => ({
    mean,
    lower,
    upper,
    signal,
    moving_range,
  });
  expect(rebased.map(bare)).toEqual(apart.map(bare));
  expect(rebased.slice(10, 17).every((point) => point.signal === 'trend_up')).toBe(true);
});

test('series are charted apart, missing values are left out and short ones are called trial', async () => {
  const points = await rows(`
    with points as (select 'a' as series, unnest([1, 2, 3]) as t, unnest([4, null, 6]) as y union all select 'b', unnest(range(12)), 3)
    from xmr('points')`);
  expect(points.filter((point) => point.series === 'a')).toMatchObject([{ mean: 5, trial: true }, { moving_range: 2 }]);
  expect(points.filter((point) => point.series === 'b').every((point) => !point.trial && point.signal === null)).toBe(
    true,
  );
});

test('a single point, no point and a series without a mean range raise no error', async () => {
  expect(await chart([3])).toMatchObject([
    { mean: 3, lower: null, upper: null, signal: null, variation: 'common_cause' },
  ]);
  expect(await rows("with none as (select 1 as t, null::double as y) from xmr('none')")).toEqual([]);
});

test('a constant series of any value and length has limits of zero width and no signal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 2, max: 60 }),
      async (y, length) => {
        const points = await chart(new Array<number>(length).fill(y));
        const slack = Math.abs(y) * 1e-12;
        return points.every(
          (point) => point.signal === null && point.upper - point.lower <= slack && Math.abs(point.mean - y) <= slack,
        );
      },
    ),
    { numRuns: 25, seed: 11 },
  );
});

test('a signal survives a change of unit and turns round with the sign', async () => {
  const values = [8.1, 8.4, 7.9, 8, 8.3, 8.8, 8.2, 7.7, 8.1, 8.6, 8.4, 8.9, 9.1, 9.3, 9.6, 9.8, 10.1, 10.4, 9.9, 10.6];
  const signals = (points: PlainRow[]) => points.map((point) => point.signal);
  const turned = (name: string | null) =>
    name &&
    name.replace(/above|below|up|down/, (word) => ({ above: 'below', below: 'above', up: 'down', down: 'up' })[word]!);
  const plain = signals(await chart(values));
  expect(signals(await chart(values.map((y) => y / 100)))).toEqual(plain);
  expect(signals(await chart(values.map((y) => -y)))).toEqual(plain.map(turned));
});

test('in-control series of 24 normal points raise false alarms at the rate of the four rules', async () => {
  const random = seededRandom(42);
  const values = Array.from({ length: 2000 }, (_, series) =>
    Array.from({ length: 24 }, (_, t) => `(${series}, ${t}, ${10 + randomNormal(random)})`),
  );
  const [rates] = await rows(`
    with points as (select * from (values ${values.flat().join(', ')}) v(series, t, y)), charted as (from xmr('points'))
    select avg((signal is not null)::integer) as points, avg(outside::integer) as outside,
      avg(coalesce(signal like 'trend%', false)::integer) as trend,
      avg(coalesce(signal like 'two%', false)::integer) as two_of_three, avg(coalesce(signal like 'shift%', false)::integer) as shift,
      (select avg(any_signal::integer) from (select bool_or(signal is not null) as any_signal from charted group by series)) as charts
    from charted`);
  console.log('false alarms of xmr on 2,000 in-control series of 24 points:', rates);
  // A point of a normal process lies outside 3 sigma with probability 0.0027; limits from 24 points blur that a little.
  expect(rates!.outside).toBeGreaterThan(0.0015);
  expect(rates!.outside).toBeLessThan(0.005);
  // 7 points rise or fall with probability 2 / 7!: expected at most 18 starts x 7 marked points of 24.
  expect(rates!.trend).toBeLessThan((1.5 * (18 * 7 * 2)) / 5040 / 24);
  // With a known mean a run of 7 appears in about 13% of charts and a point outside in 6%; an estimated mean makes runs rarer.
  expect(rates!.charts).toBeGreaterThan(0.12);
  expect(rates!.charts).toBeLessThan(0.19);
});

test.each([
  [8, 10, 12, 'increase', 'consistently_fails'],
  [8, 10, 12, 'decrease', 'consistently_passes'],
  [8, 10, 7, 'increase', 'consistently_passes'],
  [8, 10, 9, 'increase', 'hit_or_miss'],
  [8, 10, 'null', 'increase', null],
  [8, 10, 9, 'neither', null],
])('limits %d to %d against target %s with %s good: %s', async (lower, upper, target, improvement, assurance) => {
  expect(await rows(`select spc_assurance(${lower}, ${upper}, ${target}, '${improvement}') as assurance`)).toEqual([
    { assurance },
  ]);
});

test('no run of points reaches across a missing point', async () => {
  const shift = [9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 6, 6.1, 6, 6.1, 6, 6.1, 6];
  const joined = await chart(shift);
  expect(joined.slice(-7).map(({ signal }) => signal)).toEqual(Array(7).fill('shift_above'));
  const withGap = [...shift.slice(0, 15), null, ...shift.slice(15)].map((y) => y ?? 'null');
  const broken = await chart(withGap as number[]);
  expect(broken.map(({ y }) => y)).toEqual(shift);
  expect(broken.map(({ i }) => i)).toEqual(shift.map((_, i) => i + 1));
  expect(broken.every(({ signal }) => signal === null)).toBe(true);
  const rising = [5, 1, 2, 3, 'null', 4, 5, 6, 7, 5, 4, 6];
  expect((await chart(rising as number[])).map(({ signal }) => signal)).not.toContain('trend_up');
});

test('one point has no limits', async () => {
  expect(await chart([3])).toMatchObject([{ lower: null, upper: null, signal: null, trial: true }]);
});
