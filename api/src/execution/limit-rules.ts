import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { limits } from '../query/limits.ts';

/** Introspection nests deeper than any question about figures. */
const introspectionDepth = 16;

interface Size {
  depth: number;
  breadth: number;
}

/** Refuses documents that are too deep or too broad, fragments spread out, before anything runs. */
const sizeRule: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const { depth, breadth } = sizeOf(operation.selectionSet, context, new Map(), new Set());
    const introspects = operation.selectionSet.selections.some(
      (node) => node.kind === Kind.FIELD && node.name.value.startsWith('__'),
    );
    const allowed = introspects ? introspectionDepth : limits.depth;
    if (depth > allowed) refuse(context, `its fields are nested ${depth} deep and the limit is ${allowed}`);
    if (breadth > limits.breadth) refuse(context, `it selects ${breadth} fields and the limit is ${limits.breadth}`);
    const roots = fieldsIn(operation.selectionSet, context, new Set()).length;
    if (roots > limits.roots) refuse(context, `it has ${roots} root fields and the limit is ${limits.roots}`);
  },
});

/** Refuses one field asked for many times under different names, and floods of directives. */
const aliasRule: ValidationRule = (context): ASTVisitor => {
  let directives = 0;
  return {
    SelectionSet(node) {
      const counts = new Map<string, number>();
      for (const { name } of fieldsIn(node, context, new Set()))
        counts.set(name.value, (counts.get(name.value) ?? 0) + 1);
      const most = Math.max(0, ...counts.values());
      if (most > limits.aliases)
        refuse(context, `it asks for one field ${most} times and the limit is ${limits.aliases}`);
    },
    Directive() {
      directives += 1;
      if (directives === limits.directives + 1) refuse(context, `it has more than ${limits.directives} directives`);
    },
  };
};

/** The validation rules that keep requests within `limits`. */
export const limitRules: readonly ValidationRule[] = [sizeRule, aliasRule];

/** Fields of a selection with its fragments spread out; a fragment that contains itself counts once. */
function fieldsIn(node: SelectionSetNode, context: ValidationContext, inside: ReadonlySet<string>): FieldNode[] {
  return node.selections.flatMap((selection): FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet, context, inside);
    const { value } = selection.name;
    const fragment = context.getFragment(value);
    return fragment && !inside.has(value) ? fieldsIn(fragment.selectionSet, context, new Set([...inside, value])) : [];
  });
}

function sizeOf(
  node: SelectionSetNode,
  context: ValidationContext,
  known: Map<FragmentDefinitionNode, Size>,
  inside: Set<FragmentDefinitionNode>,
): Size {
  let size: Size = { depth: 0, breadth: 0 };
  for (const selection of node.selections) {
    let inner: Size = { depth: 0, breadth: 0 };
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = context.getFragment(selection.name.value);
      if (fragment && !inside.has(fragment)) {
        inside.add(fragment);
        inner = known.get(fragment) ?? sizeOf(fragment.selectionSet, context, known, inside);
        known.set(fragment, inner);
        inside.delete(fragment);
      }
    } else {
      const own = selection.kind === Kind.FIELD ? 1 : 0;
      const below = selection.selectionSet ? sizeOf(selection.selectionSet, context, known, inside) : inner;
      inner = { depth: below.depth + own, breadth: below.breadth + own };
    }
    size = { depth: Math.max(size.depth, inner.depth), breadth: size.breadth + inner.breadth };
  }
  return size;
}

function refuse(context: ValidationContext, why: string): void {
  context.reportError(
    new GraphQLError(`This request is too large: ${why}. Ask for less, or in several requests.`, {
      extensions: { tooLarge: true },
    }),
  );
}
