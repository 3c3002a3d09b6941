import { expect, test } from 'vitest';
import { macroSession, near } from './macro-session.ts';
import { randomNormal, seededRandom } from './random.ts';

const { rows, value } = await macroSession();
const V = 6.25;

test('the effective n of noisy counts equals its reference', async () => {
  expect(await value(`select noisy_effective_n(10, 100, ${V}, ${V})`)).toBeCloseTo(58.8, 1);
  expect(await value(`select noisy_effective_n(100, 1000, ${V}, ${V})`)).toBeCloseTo(934.5, 1);
});

test('without noise both noisy forms are the Wilson interval, and the noisy difference is that of Newcombe', async () => {
  const [row] = await rows(`select
    max(abs(noisy_wilson_lower(x, n, 0, 0) - wilson_lower(x, n)) + abs(noisy_wilson_upper(x, n, 0, 0) - wilson_upper(x, n))) as wilson,
    max(abs(noisy_score_lower(x, n, 0, 0) - wilson_lower(x, n)) + abs(noisy_score_upper(x, n, 0, 0) - wilson_upper(x, n))) as score,
    max(abs(noisy_difference_lower(x, n, 3, 9, 0) - difference_lower(x, n, 3, 9))) as difference
    from (select n, unnest(range(n + 1)) as x from (select unnest([1, 2, 5, 30, 200]) as n))`);
  for (const gap of Object.values(row!)) expect(near(gap, 0)).toBe(true);
});

test('noise widens the interval at every count, none and all included', async () => {
  const narrow = await rows(`
    with counts as (select n, unnest(range(n + 1)) as x from (select unnest([1, 2, 5, 30, 200]) as n))
    select * from counts where not (
      noisy_wilson_upper(x, n, ${V}, ${V}) - noisy_wilson_lower(x, n, ${V}, ${V}) > wilson_upper(x, n) - wilson_lower(x, n)
      and noisy_score_upper(x, n, ${V}, ${V}) - noisy_score_lower(x, n, ${V}, ${V}) > wilson_upper(x, n) - wilson_lower(x, n)
      and x / n between noisy_wilson_lower(x, n, ${V}, ${V}) - 1e-12 and noisy_wilson_upper(x, n, ${V}, ${V}) + 1e-12
      and x / n between noisy_score_lower(x, n, ${V}, ${V}) and noisy_score_upper(x, n, ${V}, ${V})
      and least(noisy_wilson_lower(x, n, ${V}, ${V}), noisy_score_lower(x, n, ${V}, ${V})) >= 0
      and greatest(noisy_wilson_upper(x, n, ${V}, ${V}), noisy_score_upper(x, n, ${V}, ${V})) <= 1)`);
  expect(narrow).toEqual([]);
});

test('simulated coverage with noise of variance 6.25: the score form stays near 95%, the plain Wilson interval does not', async () => {
  const random = seededRandom(20260331);
  const draws = [30, 100, 300, 1000].flatMap((n) =>
    [0.01, 0.1, 0.5].flatMap((p) =>
      Array.from({ length: 1500 }, () => {
        let x = 0;
        for (let i = 0; i < n; i++) if (random() < p) x++;
        const published = x === 0 ? 0 : Math.max(0, Math.round(x + 2.5 * randomNormal(random)));
        return `(${p}, ${n}, ${published}, ${Math.max(published, Math.round(n + 2.5 * randomNormal(random)))})`;
      }),
    ),
  );
  const coverage = await rows(`
    select p::double as p, n,
      avg((p between wilson_lower(px, pn) and wilson_upper(px, pn))::integer) as plain,
      avg((p between noisy_wilson_lower(px, pn, ${V}, ${V}) and noisy_wilson_upper(px, pn, ${V}, ${V}))::integer) as effective_n,
      avg((p between noisy_score_lower(px, pn, ${V}, ${V}) and noisy_score_upper(px, pn, ${V}, ${V}))::integer) as score,
      avg(noisy_wilson_upper(px, pn, ${V}, ${V}) - noisy_wilson_lower(px, pn, ${V}, ${V})) as effective_n_width,
      avg(noisy_score_upper(px, pn, ${V}, ${V}) - noisy_score_lower(px, pn, ${V}, ${V})) as score_width
    from (values ${draws.join(', ')}) draws(p, n, px, pn) group by p, n order by n, p`);
  console.table(coverage);
  expect(Math.min(...coverage.map((row) => row.score))).toBeGreaterThan(0.935);
  expect(Math.min(...coverage.map((row) => row.effective_n))).toBeGreaterThan(0.85);
  expect(Math.min(...coverage.map((row) => row.plain))).toBeLessThan(0.85);
});

test('an empty base has no interval', async () => {
  const [row] = await rows(
    'select noisy_wilson_lower(0, 0, 6, 6) as a, noisy_score_upper(0, 0, 6, 6) as b, noisy_effective_n(null, 5, 6, 6) as c',
  );
  expect(Object.values(row!)).toEqual([null, null, null]);
});
