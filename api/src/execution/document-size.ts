import {
  Kind,
  OperationTypeNode,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { limits } from '../query/limits.ts';

/** Introspection nests deeper than any question about figures. */
const introspectionDepth = 16;

/** What one operation or fragment adds up to by itself, and which fragments it spreads at which depth. */
interface Part {
  depth: number;
  fields: number;
  /** Fields, and the fragments that hold them: with these, what is spread out stays small even where it holds no field at all. */
  selections: number;
  spreads: { name: string; depth: number }[];
}

interface Size {
  depth: number;
  fields: number;
  selections: number;
}

/** Why a document is not looked at any further. */
export interface Unfit {
  message: string;
  code: 'TOO_LARGE' | 'NOT_A_QUERY' | 'GRAPHQL_VALIDATION_FAILED';
}

const tooLarge = (why: string): Unfit => ({
  message: `This request is too large: ${why}. Ask for less, or in several requests.`,
  code: 'TOO_LARGE',
});

/**
 * Says why a document is too large to be looked at any further, or null. Fragments count wherever they are spread, yet each is walked once: the
 * work grows with the length of the document, never with what its fragments multiply to. Everything that runs later (validation, selections,
 * alternatives) may spread fragments out, because this has shown that there is little to spread.
 */
export function unfitDocument(document: DocumentNode): Unfit | null {
  const changing = document.definitions.some(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.operation !== OperationTypeNode.QUERY,
  );
  if (changing) return { message: 'Only queries are answered: nothing here can be changed.', code: 'NOT_A_QUERY' };
  const parts = new Map(document.definitions.map((definition) => [definition, partOf(definition)]));
  const nested = nestingOf(document);
  if (nested) return tooLarge(nested);
  const written = [...parts.values()];
  const tooMany = tooManyOf({
    fields: written.reduce((sum, { fields }) => sum + fields, 0),
    selections: written.reduce((sum, { selections }) => sum + selections, 0),
  });
  if (tooMany) return tooMany;
  const sizes = new Map<string, Size>();
  const fragments = new Map(
    [...parts].flatMap(([node, part]) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, part] as const] : [],
    ),
  );
  const cycle = cycleIn(fragments);
  if (cycle) return { message: `Cannot spread fragment "${cycle}" within itself.`, code: 'GRAPHQL_VALIDATION_FAILED' };
  const asked = { fields: 0, selections: 0 };
  for (const [node, part] of parts) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, selections } = sizeOf(part, fragments, sizes);
    const allowed = introspects(node.selectionSet) ? introspectionDepth : limits.depth;
    if (depth > allowed) return tooLarge(`its fields are nested ${depth} deep and the limit is ${allowed}`);
    asked.fields += fields;
    asked.selections += selections;
  }
  const spread = tooManyOf(asked);
  if (spread) return spread;
  const repeated = mostRepeated(document);
  return repeated ? tooLarge(repeated) : null;
}

/** Twice as many selections as fields leave room for the fragments that fields are in. */
function tooManyOf({ fields, selections }: { fields: number; selections: number }): Unfit | null {
  if (fields > limits.breadth) return tooLarge(`it selects ${fields} fields and the limit is ${limits.breadth}`);
  if (selections > 2 * limits.breadth)
    return tooLarge(`it selects ${selections} fields and fragments and the limit is ${2 * limits.breadth}`);
  return null;
}

const introspects = ({ selections }: SelectionSetNode) =>
  selections.every((node) => node.kind === Kind.FIELD && node.name.value.startsWith('__'));

function partOf(definition: DefinitionNode): Part {
  const part: Part = { depth: 0, fields: 0, selections: 0, spreads: [] };
  if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) return part;
  const look = ({ selections }: SelectionSetNode, depth: number): void => {
    for (const selection of selections) {
      part.selections += 1;
      if (selection.kind === Kind.FRAGMENT_SPREAD) part.spreads.push({ name: selection.name.value, depth });
      else {
        const inside = selection.kind === Kind.FIELD ? depth + 1 : depth;
        if (selection.kind === Kind.FIELD) part.fields += 1;
        part.depth = Math.max(part.depth, inside);
        if (selection.selectionSet) look(selection.selectionSet, inside);
      }
    }
  };
  look(definition.selectionSet, 0);
  return part;
}

/** The size of a part with its fragments spread out. Each fragment is sized once. */
function sizeOf(part: Part, fragments: ReadonlyMap<string, Part>, sizes: Map<string, Size>): Size {
  const size = { depth: part.depth, fields: part.fields, selections: part.selections };
  for (const { name, depth } of part.spreads) {
    const fragment = fragments.get(name);
    if (!fragment) continue;
    const inner = sizes.get(name) ?? sizeOf(fragment, fragments, sizes);
    sizes.set(name, inner);
    size.depth = Math.max(size.depth, depth + inner.depth);
    size.fields += inner.fields;
    size.selections += inner.selections;
  }
  return size;
}

/** The name of a fragment that contains itself, or null. */
function cycleIn(fragments: ReadonlyMap<string, Part>): string | null {
  const state = new Map<string, 'inside' | 'done'>();
  const closes = (name: string): string | null => {
    if (state.get(name) === 'inside') return name;
    const part = fragments.get(name);
    if (!part || state.has(name)) return null;
    state.set(name, 'inside');
    const found = part.spreads.reduce<string | null>((first, spread) => first ?? closes(spread.name), null);
    state.set(name, 'done');
    return found;
  };
  for (const name of fragments.keys()) {
    const found = closes(name);
    if (found) return found;
  }
  return null;
}

/** Lists, objects and inline fragments inside each other, directives, operations and fragments: few documents need many. */
function nestingOf(document: DocumentNode): string | null {
  let directives = 0;
  let why: string | null = null;
  let inline = 0;
  const count = (node: ValueNode): number => {
    if (node.kind === Kind.LIST) return 1 + node.values.reduce((most, value) => Math.max(most, count(value)), 0);
    if (node.kind === Kind.OBJECT) return 1 + node.fields.reduce((most, { value }) => Math.max(most, count(value)), 0);
    return 0;
  };
  visit(document, {
    Directive() {
      directives += 1;
    },
    InlineFragment: {
      enter() {
        inline += 1;
        if (inline > limits.nesting) why ??= `its fragments are nested more than ${limits.nesting} deep`;
      },
      leave() {
        inline -= 1;
      },
    },
    Argument({ value }) {
      const depth = count(value);
      if (depth > limits.nesting) why ??= `a value is nested ${depth} deep and the limit is ${limits.nesting}`;
    },
  });
  if (directives > limits.directives) why ??= `it has ${directives} directives and the limit is ${limits.directives}`;
  if (document.definitions.length > limits.definitions)
    why ??= `it has ${document.definitions.length} operations and fragments and the limit is ${limits.definitions}`;
  return why;
}

/** Refuses one field asked for many times under different names, and too many root fields. */
function mostRepeated(document: DocumentNode): string | null {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  let most = 0;
  const namesIn = (set: SelectionSetNode, names: string[]): string[] => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.push(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) namesIn(selection.selectionSet, names);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) namesIn(fragment, names);
      }
    }
    return names;
  };
  let roots = 0;
  visit(document, {
    SelectionSet(set, _key, parent) {
      const names = namesIn(set, []);
      const counts = new Map<string, number>();
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
      most = Math.max(most, ...counts.values());
      const isRoot = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      if (isRoot) roots = Math.max(roots, names.length);
    },
  });
  if (most > limits.aliases) return `it asks for one field ${most} times and the limit is ${limits.aliases}`;
  return roots > limits.roots ? `it has ${roots} root fields and the limit is ${limits.roots}` : null;
}
