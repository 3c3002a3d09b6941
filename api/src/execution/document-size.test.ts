import fc from 'fast-check';
import { parse, specifiedRules, validate, type DocumentNode, type SelectionSetNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { limits } from '../query/limits.ts';
import { schema } from '../schema/index.ts';
import { unfitDocument } from './document-size.ts';
import { unfitRequest } from './unfit.ts';

const chain = (levels: number, leaf: string, copies = 2) =>
  `query { ...A0 } ${Array.from({ length: levels }, (_, i) => `fragment A${i} on Query { ${`...A${i + 1} `.repeat(copies)}}`).join(' ')} fragment A${levels} on Query { ${leaf} }`;
const everyOther = (n: number) =>
  `query { ...A0 } ${Array.from({ length: n }, (_, i) => `fragment A${i} on Query { ${Array.from({ length: n }, (_, j) => (i === j ? '' : `...A${j}`)).join(' ')} __typename }`).join(' ')}`;

describe('a document that multiplies', () => {
  const bombs: [string, string][] = [
    ['fragments that double, 25 levels', chain(25, '__typename')],
    ['fragments that double to nothing', chain(25, '...Nobody')],
    ['fragments that spread ten times, 40 levels', chain(40, '__typename', 10)],
    ['20 fragments that spread each other', everyOther(20)],
    [
      'a cycle of 55 fragments',
      `{ ...A0 } ${Array.from({ length: 55 }, (_, i) => `fragment A${i} on Query { ...A${(i + 1) % 55} }`).join(' ')}`,
    ],
    [
      'a cycle of 300 fragments',
      `{ ...A0 } ${Array.from({ length: 300 }, (_, i) => `fragment A${i} on Query { ...A${(i + 1) % 300} }`).join(' ')}`,
    ],
    ['600 operations', Array.from({ length: 600 }, (_, i) => `query Q${i} { __typename }`).join(' ')],
    ['inline fragments in each other', `{ ${'... { '.repeat(700)}__typename${' }'.repeat(700)} }`],
    ['lists in lists', `{ staff(by: ${'['.repeat(1400)}${']'.repeat(1400)}) { __typename } }`],
    ['objects in objects', `{ staff(where: ${'{ a: '.repeat(600)}1${' }'.repeat(600)}) { __typename } }`],
    ['one field 2,900 times', `{ ${'__typename '.repeat(2900)} }`],
    ['900 aliases', `{ ${Array.from({ length: 900 }, (_, i) => `a${i}: __typename`).join(' ')} }`],
    ['directives on each other', `{ __typename ${'@include(if: true) '.repeat(400)} }`],
    ['fields 700 deep', `{ ${'a { '.repeat(700)}b${' }'.repeat(700)} }`],
  ];

  test.each(bombs)('is refused without being spread out: %s', (_, text) => {
    expect(unfitRequest(text, {})).not.toBeNull();
  });

  test('is refused for variables of any depth', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}`);
    expect(unfitRequest('{ __typename }', deep)?.message).toContain('variables are nested');
    expect(unfitRequest('{ __typename }', { a: [[{ b: [1] }]] })).toBeNull();
  });
});

/** Documents of any shape: operations and fragments that spread each other, aliases, lists, inputs, directives, variables. */
const documents = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.array(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            '__typename',
            'a: __typename',
            'me { audience { id } }',
            'releases { totalCount }',
            '...Nobody',
          ),
          fc.constantFrom(
            'staff(by: [[BAND]]) { __typename }',
            'staff(where: { band: [BAND_3] }, first: $n) { __typename }',
          ),
          fc.constantFrom(
            '... { __typename ... on Query { b: __typename } }',
            '__typename @include(if: true) @skip(if: false)',
          ),
          fc.integer({ min: 0, max: 12 }).map((i) => `...F${i}`),
          fc
            .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 12 }))
            .map(([n, i]) => `...F${i} `.repeat(n)),
        ),
        { minLength: 1, maxLength: 14 },
      ),
      { minLength: 1, maxLength: 13 },
    ),
  )
  .map(([operations, fragments]) =>
    [
      ...Array.from(
        { length: operations },
        (_, i) => `query Q${i}($n: Int) { ${fragments[i % fragments.length]!.join(' ')} }`,
      ),
      ...fragments.map((selections, i) => `fragment F${i} on Query { ${selections.join(' ')} }`),
    ].join('\n'),
  );

/** Fields and spreads of the operations with every fragment written out, counted one by one up to a limit. */
function spreadOut({ definitions }: DocumentNode, limit: number): number {
  const fragments = new Map(
    definitions.flatMap((node) => (node.kind === 'FragmentDefinition' ? [[node.name.value, node] as const] : [])),
  );
  let count = 0;
  const look = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (count > limit) return;
      count += 1;
      const inner = node.kind === 'FragmentSpread' ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;
      if (inner) look(inner);
    }
  };
  for (const node of definitions) if (node.kind === 'OperationDefinition') look(node.selectionSet);
  return count;
}

test('a document of any shape is let through only if it stays small when it is spread out, and can then be validated', () => {
  let through = 0;
  fc.assert(
    fc.property(documents, (text) => {
      const document = parse(text, { maxTokens: 6000 });
      const unfit = unfitDocument(document);
      if (unfit) return;
      through += 1;
      expect(spreadOut(document, 10_000)).toBeLessThanOrEqual(2 * limits.breadth);
      validate(schema, document, specifiedRules);
    }),
    { seed: 20261130, numRuns: 300 },
  );
  expect(through).toBeGreaterThan(20);
});
