import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters, Subject } from '@ahp/sql/measure';
import { measures } from '@ahp/sql/registry';
import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldName } from '../release/dimension.ts';
import type { MeasureOrder } from './question.ts';

/** A measure with its arguments, as one figure of every row. */
export interface Asked {
  key: string;
  measure: Measure;
  given: Parameters;
}

/** Measures that answer under every subject, because rates are read beside them. */
const everywhere = ['headcount'];

/** The measures that are fields of the rows of a subject. */
export function measuresOf(subject: Subject): Measure[] {
  return measures.filter((measure) => measure.subject === subject || everywhere.includes(measure.id));
}

/** One measure with its arguments: `leaver_rate|NES_START|ORGANISATION|HEADCOUNT`. */
export function figureKey(measure: Measure, given: GivenParameters): string {
  return asked(measure, given).key;
}

type GivenParameters = { [Name in keyof Parameters]?: Parameters[Name] | null };

export function asked(measure: Measure, given: GivenParameters): Asked {
  const defaults = argumentsOf(measure);
  const parameters: Parameters = {
    method: given.method ?? defaults.method,
    scope: given.scope ?? defaults.scope,
    basis: given.basis ?? defaults.basis,
  };
  return { key: [measure.id, ...Object.values(parameters)].join('|'), measure, given: parameters };
}

/** A measure by its id, with its arguments. */
export const askedByName = (name: string, given: GivenParameters): Asked => asked(measureById.get(name)!, given);

/** The measure that an order names, with its arguments. */
export const askedByOrder = (order: MeasureOrder): Asked => askedByName(order.measure, order);

const measureById = new Map(measures.map((measure) => [measure.id, measure]));

/** Every figure that the selection of a root field asks for in its rows: fragments, aliases and conditions included. */
export function figuresAsked(info: GraphQLResolveInfo, subject: Subject, rowType: string): Asked[] {
  const byField = new Map(measuresOf(subject).map((measure) => [fieldName(measure.id), measure]));
  const type = info.schema.getType(rowType);
  if (!isObjectType(type)) throw new Error(`the schema has no type ${rowType}`);
  const found = new Map<string, Asked>();
  const rows = info.fieldNodes
    .flatMap((node) => fieldsOf(node.selectionSet, info))
    .filter(({ name }) => name.value === 'rows');
  for (const node of rows.flatMap((row) => fieldsOf(row.selectionSet, info))) {
    const figure = figureIn(node, type, byField, info);
    if (figure) found.set(figure.key, figure);
  }
  return [...found.values()];
}

/** The figure that a field of a row asks for, by its own name or by `measure(name:)`; null for any other field. */
function figureIn(
  node: FieldNode,
  type: GraphQLObjectType,
  byField: ReadonlyMap<string, Measure>,
  info: GraphQLResolveInfo,
): Asked | null {
  const measure = byField.get(node.name.value);
  if (measure) return asked(measure, givenIn(type, node, info));
  if (node.name.value !== 'measure') return null;
  const { name, ...given } = givenIn(type, node, info) as GivenParameters & { name: string };
  return [...byField.values()].some(({ id }) => id === name) ? askedByName(name, given) : null;
}

function givenIn(type: GraphQLObjectType, node: FieldNode, info: GraphQLResolveInfo): GivenParameters {
  return getArgumentValues(type.getFields()[node.name.value]!, node, info.variableValues) as GivenParameters;
}

function fieldsOf(selectionSet: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (selectionSet?.selections ?? [])
    .filter((node) => isIncluded(node, info))
    .flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : info.fragments[node.name.value];
      return fieldsOf(inner?.selectionSet, info);
    });
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.if !== true && include?.if !== false;
}
