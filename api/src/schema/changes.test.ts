import { readFileSync } from 'node:fs';
import {
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from './index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
/** The schema that was last released, or that this one began with; it takes its place when a version is released. */
const before = buildSchema(read('../../released.graphql'));
/** What CHANGELOG.md says of the version to come. */
const news = read('../../../CHANGELOG.md').split(/^## /m)[1]!;

/** The names that a change is about: `OrderInput.measure`, `Query.staff`, `Quantity`. */
const namesIn = (description: string) => description.match(/\b[A-Z]\w*(?:\.\w+)?/g) ?? [];
const isToldOf = (name: string, told: string) =>
  [...told.matchAll(/`([^`]+)`/g)].some(([, code]) => code!.split(/[\s,({]+/).includes(name));

const defaults = DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE;

/** Changes that somebody’s document might break by, of which the changelog does not speak. */
function untold(from: GraphQLSchema, to: GraphQLSchema, told: string): string[] {
  return [...findBreakingChanges(from, to), ...findDangerousChanges(from, to).filter(({ type }) => type === defaults)]
    .map(({ description }) => description)
    .filter((description) => !namesIn(description).some((name) => isToldOf(name, told)));
}

describe('a change of the schema', () => {
  test('that somebody’s document might break by has a line in CHANGELOG.md that names it', () => {
    expect(
      untold(before, schema, news),
      'Name the type or field in the first section of CHANGELOG.md, in backticks, with what to write instead; or keep it, deprecated.',
    ).toEqual([]);
  });

  test('is found when it is not told, and only then', () => {
    const from = buildSchema('type Query { staff: Int turnover: Int me: Int }');
    const to = buildSchema('type Query { staff: String me: Int }');
    expect(untold(from, to, 'Nothing.')).toEqual([
      'Query.turnover was removed.',
      'Query.staff changed type from Int to String.',
    ]);
    expect(untold(from, to, '`Query.turnover` is gone.')).toHaveLength(1);
    expect(untold(from, to, '`Query.turnover` is gone, `Query.staff` is text.')).toEqual([]);
  });
});

test('what is deprecated says in backticks what to write instead, and that is there', () => {
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => field.deprecationReason != null);
  expect(fields.length).toBeGreaterThan(0);
  for (const { type, field } of fields) {
    const [, instead] = /`(\w+)/.exec(field.deprecationReason!) ?? [];
    expect(type.getFields()[instead ?? ''], `${type.name}.${field.name}: ${field.deprecationReason}`).toBeTruthy();
  }
});
