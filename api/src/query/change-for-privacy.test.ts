import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AudienceRecord } from '../release/catalogue.ts';
import { changeForPrivacy } from './change-for-privacy.ts';

const tables = JSON.parse(
  readFileSync(new URL('../../../sql/src/statistics/published-counts.json', import.meta.url), 'utf8'),
) as Record<string, [number, number][][]>;

describe.each([
  [
    'public',
    6.25,
    { 0: [0, 7], 5: [1, 10], 6: [3, 11], 7: [3, 12], 8: [4, 13], 9: [5, 14], 10: [5, 15], 15: [10, 20], 40: [35, 45] },
  ],
  ['trusted', 3, { 0: [0, 4], 3: [1, 6], 4: [1, 7], 5: [1, 8], 6: [3, 9], 40: [37, 43] }],
] as const)('change for privacy, %s', (id, v, reference) => {
  const audience = { v } as AudienceRecord;

  test('is the reference table', () => {
    for (const [count, [lower, upper]] of Object.entries(reference))
      expect(changeForPrivacy(audience, Number(count), 1), count).toEqual({ lower, upper });
  });

  test('holds the actual count at least 19 times in 20, whatever it is', () => {
    const rows = tables[id]!;
    for (let n = 0; n <= 60; n++) {
      const last = Math.min(n, rows.length - 1);
      const held = rows[last]!.reduce((sum, [value, p]) => {
        const { lower, upper } = changeForPrivacy(audience, value + n - last, 1)!;
        return sum + (n >= lower && n <= upper ? p : 0);
      }, 0);
      expect(held, `${n} people`).toBeGreaterThanOrEqual(0.93);
      if (n >= 20) expect(held).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('of nobody in several cells grows with them; exact counts have none', () => {
    expect(changeForPrivacy(audience, 0, 4)!.upper).toBe(2 * changeForPrivacy(audience, 0, 1)!.upper);
    expect(changeForPrivacy({ v: 0 } as AudienceRecord, 0, 1)).toBeNull();
  });
});
