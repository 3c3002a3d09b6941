import { createHash } from 'node:crypto';
import { parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { limits } from '../query/limits.ts';
import { unfitDocument, type Unfit } from './document-size.ts';
import { operationOf } from './operation.ts';

/** Documents that were measured, by the hash of their text: pages ask the same few again and again. */
const measured = new LRUCache<string, { unfit: Unfit | null; operation: string }>({ max: 5_000 });

/**
 * Says why a request must not be run, or null. Every door asks this first, before anything is hashed, validated or read; its time grows with the
 * length of the request only. A document that cannot be parsed is left to the engine, which says where.
 */
export function unfitRequest(document: string, variables: unknown): Unfit | null {
  return measure(document).unfit ?? (isTooDeep(variables, limits.nesting) ? deepVariables : null);
}

/** What a document asks, in a word of ours: see `operationOf`. */
export const operationAsked = (document: string): string => measure(document).operation;

const deepVariables: Unfit = {
  message: `This request is too large: its variables are nested more than ${limits.nesting} deep.`,
  code: 'TOO_LARGE',
};

const unread = { unfit: null, operation: 'other' };

function measure(text: string): { unfit: Unfit | null; operation: string } {
  const key = createHash('sha256').update(text).digest('base64url');
  const known = measured.get(key);
  if (known) return known;
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.tokens, noLocation: true });
  } catch {
    return unread;
  }
  const found = { unfit: unfitDocument(document), operation: operationOf(document) };
  measured.set(key, found);
  return found;
}

/** Whether a value of JSON has more levels than allowed; walked level by level, so that no depth can exhaust the stack. */
function isTooDeep(value: unknown, allowed: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > allowed) return true;
    level = level.flatMap((one) => (one !== null && typeof one === 'object' ? Object.values(one) : []));
  }
  return false;
}
