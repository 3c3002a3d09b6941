import { isEnumType, isInputObjectType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { descriptions } from './descriptions.ts';
import { described, schema } from './index.ts';

test('every type, field, argument, input and value of the schema is described', () => {
  const bare: string[] = [];
  const look = (name: string, { description }: { description?: string | null }) => {
    if (!description?.trim()) bare.push(name);
  };
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
  for (const type of types) {
    look(type.name, type);
    if (isObjectType(type))
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
  }
  expect(types.length).toBeGreaterThan(100);
  expect(bare).toEqual([]);
});

test('the common list describes nothing that the schema does not have', () => {
  expect(Object.keys(descriptions).filter((name) => !described.has(name))).toEqual([]);
});
