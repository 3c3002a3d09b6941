import type { DocumentNode } from 'graphql';
import { schema } from '../schema/index.ts';

const roots = new Set(Object.keys(schema.getQueryType()!.getFields()));

/**
 * What a document asks, for counts and logs: the name of its root field, `several`, or `other`. It is always a word of ours, never one that was sent:
 * names of operations and aliases are not looked at.
 */
export function operationOf({ definitions }: DocumentNode): string {
  const names = new Set(
    definitions.flatMap((node) =>
      node.kind === 'OperationDefinition'
        ? node.selectionSet.selections.map((one) => (one.kind === 'Field' ? one.name.value : 'several'))
        : [],
    ),
  );
  names.delete('__typename');
  const [name, ...others] = names;
  if (others.length > 0 || name === 'several') return 'several';
  if (name?.startsWith('__')) return 'introspection';
  return name && roots.has(name) ? name : 'other';
}
