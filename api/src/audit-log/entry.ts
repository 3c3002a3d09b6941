import { createHash } from 'node:crypto';

/** One private read: who read what, when, and what came of it. Whoever holds the question can tell that it is this one; nobody can tell it from this. */
export interface PrivateRead {
  at: string;
  /** `key 0a1b2c3d`, or `person` and a digest. */
  who: string;
  audience: string;
  organisations: readonly string[];
  release: string;
  door: string;
  operation: string;
  /** Digest of the document and its variables. */
  question: string;
  /** Cells that the answer was made of. */
  cells: number;
  status: number;
  decision: 'answered' | 'refused' | 'failed';
}

/** The first line of a file: where the file before it ended. */
export interface Opening {
  at: string;
  after: { file: string; lines: number; hash: string } | null;
}

/** A line of the log, chained to the one before it: `hash` is the SHA-256 of that hash and of everything else in the line. */
export type Entry = (PrivateRead | Opening) & { line: number; hash: string };

/** What the chain of a file begins with. */
export const beginning = '0'.repeat(64);

/** The next line of a chain. */
export function chained(content: PrivateRead | Opening, line: number, before: string): Entry {
  return { ...content, line, hash: hashOf({ ...content, line }, before) };
}

/** The hash that a line must have. */
export function hashOf(content: object, before: string): string {
  return createHash('sha256').update(before).update(JSON.stringify(content)).digest('hex');
}
