import { expect, test } from 'vitest';
import { dissimilarityIndex, dissimilarityReference } from './dissimilarity-reference.ts';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };

const { rows, value } = await macroSession();

test.each(vectors.gini)('the Gini coefficient of $x is $g', async ({ x, g }) => {
  expect(near(await value(`select gini([${x}])`), g)).toBe(true);
});

test('the Gini coefficient of equal amounts is 0, of nothing NULL, and missing amounts are left out', async () => {
  const [row] = await rows(
    'select gini([4, 4, 4]) as equal, gini([0, 0]) as zero, gini([]::integer[]) as empty, gini([1, null, 2, 3]) = gini([1, 2, 3]) as left_out',
  );
  expect(row).toEqual({ equal: 0, zero: null, empty: null, left_out: true });
});

test.each(vectors.dissimilarity)(
  'the dissimilarity of $a and $b is $d, in SQL and in TypeScript',
  async ({ a, b, d }) => {
    expect(near(await value(`select dissimilarity([${a}], [${b}])`), d)).toBe(true);
    expect(near(dissimilarityIndex(a, b), d)).toBe(true);
  },
);

test('an empty group has no dissimilarity, a group against itself none', async () => {
  expect(await value('select dissimilarity([0, 0], [1, 2])')).toBeNull();
  expect(dissimilarityReference([0, 0], [1, 2])).toBeNull();
  expect(await value('select dissimilarity([3, 5], [3, 5])')).toBe(0);
});

test('macros on lists take columns of any name: no name is captured inside', async () => {
  const [row] =
    await rows(`select gini(x) as g, dissimilarity(pair, b) as d, mann_kendall(a).s as s, cochran_armitage(n, i) as c
    from (select [1, 2, 3] as x, [1, 2] as pair, [2, 1] as b, [1, 2, 3] as a, [1, 2] as n, [5, 6] as i)`);
  expect(row!.g).toBeCloseTo(2 / 9, 14);
  expect(row!.d).toBeCloseTo(1 / 3, 14);
  expect(row!.s).toBe(3);
  expect(row!.c).toBeGreaterThan(0);
});

test('shuffled groups of 100 are apart by chance alone, the same seed gives the same answer, and real segregation stands out', () => {
  const reference = dissimilarityReference([50, 30, 15, 5], [400, 350, 200, 50])!;
  expect(reference).toEqual(dissimilarityReference([50, 30, 15, 5], [400, 350, 200, 50]));
  expect(reference.expected).toBeGreaterThan(0.05);
  expect(reference.p).toBeGreaterThan(0.05);
  expect(dissimilarityReference([50, 50, 0, 0], [100, 100, 400, 400])!.p).toBe(0.001);
});
