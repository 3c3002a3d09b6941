/** A slice of a list with what a Relay connection says about it. */
export interface Page<Node> {
  nodes: Node[];
  cursors: string[];
  total: number;
  hasNext: boolean;
  hasPrevious: boolean;
}

/** Up to `first` nodes after the one whose cursor is `after` (from the start when it is not there). */
export function page<Node>(
  all: readonly Node[],
  idOf: (node: Node) => string,
  { first, after }: { first?: number | null; after?: string | null },
): Page<Node> {
  const start = after ? all.findIndex((node) => cursorOf(idOf(node)) === after) + 1 : 0;
  const nodes = all.slice(start, start + Math.max(0, Math.min(first ?? 20, 1000)));
  return {
    nodes,
    cursors: nodes.map((node) => cursorOf(idOf(node))),
    total: all.length,
    hasNext: start + nodes.length < all.length,
    hasPrevious: start > 0,
  };
}

const cursorOf = (id: string) => Buffer.from(id).toString('base64url');
