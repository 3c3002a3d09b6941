import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measures } from './registry.ts';
import { statement } from './statement.ts';

const ids = new Set(measures.map(({ id }) => id));
const schema = readFileSync(new URL('../../api/schema.graphql', import.meta.url), 'utf8');
const roots = /\ntype Query \{([\s\S]*?)\n\}/.exec(schema)![1]!;

test.each(statement.map((row) => [row.says, row] as const))(
  '“%s” has measures that exist, or says why there are none',
  (_, row) => {
    expect(row.measures.length > 0 || row.without !== undefined).toBe(true);
    expect(row.measures.filter((id) => !ids.has(id))).toEqual([]);
    for (const root of row.statistics ?? []) expect(roots, root).toMatch(new RegExp(`^  ${root}\\(`, 'm'));
    if (row.without) expect(row.without).toMatch(/^[A-Z].+\.$/);
  },
);

test('the statement has twenty-five rows, and few measures serve none of them', () => {
  expect(statement).toHaveLength(25);
  const named = new Set(statement.flatMap((row) => row.measures));
  const others = measures.filter(({ id }) => !named.has(id)).map(({ id }) => id);
  expect(others.length).toBeLessThan(measures.length / 4);
});
