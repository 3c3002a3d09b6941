import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import { schema } from '../src/schema/index.ts';

/** What is about the question or the measure and not a figure: it would only fill the document. */
const left = new Set(
  'definition limits query variables citation breaks marks alternatives methods noise flags numerator denominator'.split(
    ' ',
  ),
);
/** Types without a figure: their names are enough. */
const words = new Set(['Area', 'Audience', 'Category', 'Organisation', 'Period', 'Problem', 'Release', 'Warning']);
const names = new Set(['code', 'id', 'version', 'message', 'end']);
const deepest = 7;
const fieldsAtMost = 380;

/** Every root field of the schema. */
export const rootFields = Object.values(schema.getQueryType()!.getFields());

/** A document that asks a root field for as much as fits into one; `given` are values of its arguments, where it takes them. */
export function documentOf(field: GraphQLField<unknown, unknown>, given: Readonly<Record<string, string>>): string {
  const values = field.args.flatMap((arg) => {
    const value = given[arg.name] ?? (isRequiredArgument(arg) ? anyOf(arg.type) : undefined);
    return value === undefined ? [] : [`${arg.name}: ${value}`];
  });
  const budget = { fields: fieldsAtMost };
  const inner = selection(field.type, 1, budget);
  return `{ ${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''} ${inner} }`;
}

function anyOf(type: GraphQLInputType): string {
  const named = getNamedType(type);
  return isEnumType(named) ? named.getValues()[0]!.name : '"1.0.0"';
}

function selection(type: GraphQLOutputType, depth: number, budget: { fields: number }): string {
  const named = getNamedType(type);
  if (isUnionType(named))
    return `{ __typename ${named
      .getTypes()
      .map((one) => `... on ${one.name} ${selection(one, depth, budget)}`)
      .join(' ')} }`;
  if (!isObjectType(named) && !isInterfaceType(named)) return '';
  const fields = Object.values(named.getFields()).filter(
    ({ name, args }) =>
      !left.has(name) && (!words.has(named.name) || names.has(name)) && !args.some(isRequiredArgument),
  );
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).slice(0, 12);
  const inner = fields.filter((field) => !isLeafType(getNamedType(field.type)));
  budget.fields -= leaves.length;
  const parts = leaves.map(({ name }) => name);
  for (const field of inner) {
    if (depth >= deepest || budget.fields <= 0) break;
    const before = budget.fields;
    budget.fields -= 1;
    const text = selection(field.type, depth + 1, budget);
    if (budget.fields < 0 || text.replace(/[{}\s]/g, '') === '') budget.fields = before;
    else parts.push(`${field.name} ${text}`);
  }
  return parts.length > 0 ? `{ ${parts.join(' ')} }` : '{ __typename }';
}
