import { readFileSync } from 'node:fs';
import { getNamedType, isInputObjectType, isObjectType, type GraphQLObjectType } from 'graphql';
import { measures } from '@ahp/sql/registry';
import { expect, test } from 'vitest';
import { printSchema } from './print-schema.ts';
import { fieldName } from './release/dimension.ts';
import { schema } from './schema/index.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

test('the committed schema is the one that the code makes', () => {
  expect(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8')).toBe(printSchema());
});

test('no statistic is a bare number: floats are inside figures, or say of what they are the size', () => {
  const floats = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name === 'Float')
      .map((field) => `${type.name}.${field.name}`),
  );
  // Figures themselves; and the geometry of charts and the numbers of statistical tests, which belong to the figures beside them.
  const holders = [
    'Measure',
    'Interval',
    'Quantity',
    'Noise',
    'Comparison',
    'SpcLimits',
    'FunnelLimits',
    'SignificanceTest',
    'DissimilarityReference',
    'ScenarioValues',
  ];
  const sizes = ['Audience.noiseSd', 'FunnelPoint.adjustedP', 'StandardisedRow.adjustedP'];
  expect(floats.filter((path) => !holders.includes(path.split('.')[0]!) && !sizes.includes(path))).toEqual([]);
});

test.each(measures.map((measure) => [measure.id, measure] as const))(
  '%s is a described field of its subject with its arguments',
  (_, measure) => {
    const row = schema.getType(
      `${measure.subject[0]!.toUpperCase()}${measure.subject.slice(1)}Row`,
    ) as GraphQLObjectType;
    const field = row.getFields()[fieldName(measure.id)]!;
    expect(getNamedType(field.type).name).toBe('Measure');
    expect(field.description).toContain(measure.plain);
    for (const caveat of measure.caveats) expect(field.description).toContain(caveat);
    expect(field.args.map(({ name }) => name).sort()).toEqual(Object.keys(measure.parameters ?? {}).sort());
  },
);

test('every type is described, but for the edges and inputs that speak for themselves', () => {
  const silent = types.filter(
    (type) => !type.description && !/Edge$|Connection$|^OrderDirection$/.test(type.name) && !isInputObjectType(type),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});
