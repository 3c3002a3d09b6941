import { isEnumType, type GraphQLSchema } from 'graphql';
import { categoryEnums } from './enums.ts';

/**
 * Lets variables hold codes as answers give them: what comes out as `band_3` may go in as `band_3`, besides `BAND_3`. In the text of a document, where
 * GraphQL has no quotes around such a value, it stays `BAND_3`.
 */
export function takeCodesAsValues(schema: GraphQLSchema): void {
  const names = new Set(['Nation', ...[...categoryEnums.values()].map((ref) => (ref as { name: string }).name)]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isEnumType(type) || !names.has(type.name)) continue;
    const valueOf = new Map(type.getValues().map(({ name, value }) => [String(value), name]));
    const parseValue = type.parseValue.bind(type);
    type.parseValue = (given, ...rest) =>
      parseValue(typeof given === 'string' ? (valueOf.get(given) ?? given) : given, ...rest);
  }
}
