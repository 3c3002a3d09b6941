import {
  astFromValue,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
} from 'graphql';

/**
 * The document that asks this root field alone with other arguments, selecting what the request selected. Variables are written out,
 * so it runs as it is. `values` are arguments as resolvers get them.
 */
export function documentWith(info: GraphQLResolveInfo, values: object): string {
  const field = info.schema.getQueryType()!.getFields()[info.fieldName]!;
  const args = field.args.flatMap((argument): ArgumentNode[] => {
    const value = (values as Record<string, unknown>)[argument.name];
    if (value === null || value === undefined || same(value, argument.defaultValue)) return [];
    const node = astFromValue(withoutNulls(value), argument.type);
    return node
      ? [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: argument.name }, value: node as ArgumentNode['value'] }]
      : [];
  });
  const [node] = info.fieldNodes as [FieldNode];
  const selections = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  const root: FieldNode = {
    ...node,
    alias: undefined,
    directives: [],
    arguments: args,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: info.operation.operation,
        selectionSet: { kind: Kind.SELECTION_SET, selections: [root] },
      },
      ...fragmentsUsed(root, info),
    ],
  };
  return print(withoutVariables(document, info));
}

function fragmentsUsed(root: FieldNode, { fragments }: GraphQLResolveInfo): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>();
  const look = (node: FieldNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments[name.value];
        if (!fragment || found.has(name.value)) return;
        found.set(name.value, fragment);
        look(fragment);
      },
    });
  };
  look(root);
  return [...found.values()];
}

/** Writes the values of variables into the document; what has no value is left out. */
function withoutVariables(document: DocumentNode, { schema, variableValues }: GraphQLResolveInfo): DocumentNode {
  const types = new TypeInfo(schema);
  const without = { kind: Kind.NULL } as const;
  const written = visit(
    document,
    visitWithTypeInfo(types, {
      Variable(node) {
        const type = types.getInputType();
        const value = variableValues[node.name.value];
        return (type && value !== undefined && astFromValue(value, type)) || without;
      },
    }),
  );
  return visit(written, {
    Argument: { leave: (node) => (node.value.kind === Kind.NULL ? null : undefined) },
  });
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner == null ? [] : [[key, withoutNulls(inner)]])),
  );
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
