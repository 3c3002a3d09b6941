import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { descriptions } from './descriptions.ts';

interface Described {
  description?: string | null;
}

/**
 * Adds descriptions to whatever in a schema has none: types, fields, arguments, inputs and values. An argument is found as `Type.field(name)` or
 * `(name)`, never by the name of a field, which would mean something else. Returns the names of those used.
 */
export function describe(schema: GraphQLSchema): Set<string> {
  const used = new Set<string>();
  const add = (thing: Described, ...names: string[]) => {
    const name = names.find((candidate) => descriptions[candidate] !== undefined);
    if (thing.description || !name) return;
    thing.description = descriptions[name]!;
    used.add(name);
  };
  for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
    add(type, type.name);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        add(field, `${type.name}.${field.name}`, field.name);
        for (const { argument, key } of field.args.map((argument) => ({ argument, key: `(${argument.name})` })))
          add(argument, `${type.name}.${field.name}${key}`, key);
      }
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) add(field, `${type.name}.${field.name}`, field.name);
    if (isEnumType(type)) for (const value of type.getValues()) add(value, `${type.name}.${value.name}`);
  }
  return used;
}
