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

/** The measure that an order names, with its arguments. */
export function askedByOrder(order: MeasureOrder): Asked {
  return asked(
    measures.find(({ id }) => id === order.measure)!,
    order,
  );
}

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
    const measure = byField.get(node.name.value);
    if (!measure) continue;
    const figure = asked(measure, givenIn(type, node, info));
    found.set(figure.key, figure);
  }
  return [...found.values()];
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
