import { limits, type Extents } from './limits.ts';
import type { Problems } from './problems.ts';
import { refusedList } from './refused-list.ts';

/** A slice of a list with what a Relay connection says about it. */
export interface Page<Node> {
  nodes: Node[];
  cursors: string[];
  total: number;
  hasNext: boolean;
  hasPrevious: boolean;
}

/** Adds what is wrong with the lines that a question asks for, the same for every root field. */
export function checkPage(
  { first, offset }: { first?: number | null; offset?: number | null },
  problems: Problems,
  { first: most }: Pick<Extents, 'first'> = limits,
): void {
  if (first != null && (first < 1 || first > most))
    problems.add('OUT_OF_RANGE', `first must be between 1 and ${most}.`, 'first');
  if (offset != null && offset < 0) problems.add('OUT_OF_RANGE', 'offset must not be below 0.', 'offset');
}

/** Up to `first` nodes after the one whose cursor is `after` (from the start without one). Throws an error for readers when either cannot be. */
export function page<Node>(
  all: readonly Node[],
  idOf: (node: Node) => string,
  { first, after }: { first?: number | null; after?: string | null },
): Page<Node> {
  if (first != null && (first < 0 || first > limits.first))
    throw refusedList('OUT_OF_RANGE', `first must be between 0 and ${limits.first}.`, 'first');
  const start = after == null ? 0 : all.findIndex((node) => cursorOf(idOf(node)) === after) + 1;
  if (after != null && start === 0)
    throw refusedList(
      'OUT_OF_RANGE',
      'There is no such cursor here: take `endCursor` of `pageInfo`, with the same arguments.',
      'after',
    );
  const nodes = all.slice(start, start + (first ?? 20));
  return {
    nodes,
    cursors: nodes.map((node) => cursorOf(idOf(node))),
    total: all.length,
    hasNext: start + nodes.length < all.length,
    hasPrevious: start > 0,
  };
}

const cursorOf = (id: string) => Buffer.from(id).toString('base64url');
