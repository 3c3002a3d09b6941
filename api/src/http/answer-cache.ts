import { createHash } from 'node:crypto';

/** An answer as it goes over the wire. */
export interface CachedAnswer {
  body: string | Buffer;
  contentType: string;
}

/** What an answer depends on, and so what its key is made of: never less than this. */
export interface AnswerKey {
  document: string;
  variables: unknown;
  operationName: string | null;
  audience: string;
  organisation: string | null;
  release: string;
  generation: number;
  accept: string;
  format: string;
}

/** ETag of an answer, known before it is computed: releases are immutable, so the same question has the same answer. */
export function etagOf(key: AnswerKey): string {
  const parts = [
    key.document,
    key.variables ?? {},
    key.operationName,
    key.audience,
    key.organisation,
    key.release,
    key.generation,
    key.accept,
    key.format,
  ];
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}"`;
}

/** Answers by their ETag, the least recently used one dropped first when they grow over `bytes`. */
export class AnswerCache {
  readonly #answers = new Map<string, CachedAnswer>();
  readonly #limit: number;
  #bytes = 0;

  constructor(bytes: number) {
    this.#limit = bytes;
  }

  get size(): number {
    return this.#answers.size;
  }

  get(etag: string): CachedAnswer | undefined {
    const found = this.#answers.get(etag);
    if (found) {
      this.#answers.delete(etag);
      this.#answers.set(etag, found);
    }
    return found;
  }

  set(etag: string, answer: CachedAnswer): void {
    const size = answer.body.length;
    if (size > this.#limit / 4 || this.#answers.has(etag)) return;
    this.#answers.set(etag, answer);
    this.#bytes += size;
    for (const [oldest, { body }] of this.#answers) {
      if (this.#bytes <= this.#limit) break;
      this.#answers.delete(oldest);
      this.#bytes -= body.length;
    }
  }
}
