import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { audienceOf, countRows } from './audiences.ts';
import { publishedCounts } from './published-counts.ts';

const rows = JSON.parse(publishedCounts()) as Record<'public' | 'trusted', [number, number][][]>;

test('the file that the statistics read is the p-tables of today', () => {
  const file = new URL('../../../sql/src/statistics/published-counts.json', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(publishedCounts());
});

test.each(['public', 'trusted'] as const)('the last row of %s serves every larger count, moved along', (id) => {
  const last = rows[id].length - 1;
  const larger = countRows(audienceOf(id), 60);
  for (let count = last; count <= 60; count++)
    for (const [value, p] of rows[id][last]!) expect(larger[count]!.get(value + count - last)).toBeCloseTo(p, 12);
});
