import type { ObjectRef } from '@pothos/core';
import type { Page } from '../query/page.ts';
import { builder } from './builder.ts';

interface PageInfoShape {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

const PageInfo = builder.objectRef<PageInfoShape>('PageInfo').implement({
  description: 'Where a page lies in its list, as Relay defines it.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
    startCursor: t.exposeString('startCursor', { nullable: true }),
    endCursor: t.exposeString('endCursor', { nullable: true }),
  }),
});

/** A Relay connection over nodes of one type: `<Name>Connection { edges { cursor node } nodes pageInfo totalCount }`. */
export function connectionOf<Node>(name: string, node: ObjectRef<typeof builder.$inferSchemaTypes, Node>) {
  const Edge = builder.objectRef<{ cursor: string; node: Node }>(`${name}Edge`).implement({
    fields: (t) => ({
      cursor: t.exposeString('cursor'),
      node: t.field({ type: node, resolve: (edge) => edge.node as never }),
    }),
  });
  return builder.objectRef<Page<Node>>(`${name}Connection`).implement({
    fields: (t) => ({
      edges: t.field({
        type: [Edge],
        resolve: (page) => page.nodes.map((node, i) => ({ node, cursor: page.cursors[i]! })),
      }),
      nodes: t.field({ type: [node], resolve: (page) => page.nodes as never }),
      pageInfo: t.field({
        type: PageInfo,
        resolve: (page) => ({
          hasNextPage: page.hasNext,
          hasPreviousPage: page.hasPrevious,
          startCursor: page.cursors[0] ?? null,
          endCursor: page.cursors.at(-1) ?? null,
        }),
      }),
      totalCount: t.exposeInt('total'),
    }),
  });
}

type QueryFields = PothosSchemaTypes.QueryFieldBuilder<typeof builder.$inferSchemaTypes, object>;

/** `first` and `after` of a connection. */
export function connectionArgs(t: QueryFields, first: number) {
  return {
    first: t.arg.int({ defaultValue: first, description: 'How many, up to 1,000.' }),
    after: t.arg.string({ description: 'The cursor after which to go on.' }),
  };
}
