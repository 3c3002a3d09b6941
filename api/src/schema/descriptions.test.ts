import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
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
    if (isObjectType(type) || isInterfaceType(type))
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

test('a field that can be null says when, and no other speaks of null', () => {
  const wrong = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => name !== 'Query' && !name.startsWith('__'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })))
    .filter(({ field }) => /\bnull\b/i.test(field.description ?? '') === isNonNullType(field.type))
    .map(({ name }) => name);
  expect(wrong).toEqual([]);
});

test('an argument never borrows the description of a field', () => {
  const fields = new Set(Object.entries(descriptions).flatMap(([name, text]) => (name.includes('(') ? [] : [text])));
  const borrowed = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()))
    .flatMap(({ name, args }) =>
      args.map((argument) => ({ name: `${name}(${argument.name})`, description: argument.description })),
    )
    .filter(({ description }) => description && fields.has(description))
    .map(({ name }) => name);
  expect(borrowed).toEqual([]);
});
