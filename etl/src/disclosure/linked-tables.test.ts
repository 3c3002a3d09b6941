import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { createPTable, publish } from './ptable.ts';
import { recordKey } from './record-keys.ts';
import { Secret } from './secret.ts';

const file = sharedData('vectors/sdctable/linked_tables_example.csv');

/** sdcTable's example: two tables that are each safe with their counts of 3 or less withheld, and not safe side by side. */
describe.skipIf(!file)(`linked tables${file ? '' : ` (${skipReason('vectors/sdctable')})`}`, () => {
  const rows = file
    ? readFileSync(file, 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(','))
    : [];
  const people = rows.flatMap(([region, county, group, n]) =>
    Array.from({ length: Number(n) }, (_, k) => ({
      id: `${region}${k}`,
      region: region!,
      county: county!,
      group: group!,
    })),
  );
  type Person = (typeof people)[number];
  const small = ({ group }: Person) => group === 'small';
  const first = ({ county }: Person) => county === 'county-1';
  const inN = ({ region }: Person) => region === 'N';
  const inK = ({ region }: Person) => region === 'K';

  test('give a withheld count away when counts are exact', () => {
    const count = (which: (person: Person) => boolean) => people.filter(which).length;
    expect(count(inK)).toBe(3);
    expect(count(small) - count(first) - count(inN)).toBe(3);
  });

  test('do not when counts are changed by the cell key method: the difference is right no oftener than chance', () => {
    const table = createPTable({ D: 10, V: 6.25, js: 4, equality: true });
    const secrets = Array.from(
      { length: 2000 },
      (_, k) => new Secret(Buffer.from(`linked tables ${k}`.padEnd(32, '.'))),
    );
    const right = secrets.filter((secret) => {
      const published = (which: (person: Person) => boolean) => {
        const members = people.filter(which);
        const key = members.reduce((sum, { id }) => (sum + recordKey(secret, 'public', '2026', id)) % 2 ** 32, 0);
        return publish(table, members.length, key)!;
      };
      return published(small) - published(first) - published(inN) === 3;
    });
    // Three changes of variance 6.25 together are any one number in at most 1 of 11 cases: 1 ÷ √(2π × 18.75).
    expect(right.length / secrets.length).toBeLessThan(0.12);
    expect(right.length).toBeGreaterThan(0);
  });
});
