import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Account, Cost } from './account.ts';

/** An answer as it goes over the wire. */
export interface CachedAnswer {
  body: string | Buffer;
  contentType: string;
  /** Headers besides, of a file. */
  headers?: Record<string, string>;
  /** What it cost to make, and how many of its questions were refused. */
  cost?: Cost;
  refused?: number;
}

/** What an answer depends on, and so what its key is made of: never less than this. */
export interface AnswerKey {
  document: string;
  variables: unknown;
  operationName: string | null;
  audience: string;
  organisations: readonly string[];
  release: string;
  /** Fingerprint of the release’s files, and of the code. */
  stamp: string;
  code: string;
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
    key.organisations,
    key.release,
    key.stamp,
    key.code,
    key.accept,
    key.format,
  ];
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}"`;
}

/** Answers by their ETag, the least recently used dropped first when they grow over `bytes`; one over a quarter of it is not kept. */
export function answerCache(bytes: number): LRUCache<string, CachedAnswer> {
  return new LRUCache({
    maxSize: Math.max(1, bytes),
    maxEntrySize: Math.max(1, Math.floor(bytes / 4)),
    sizeCalculation: ({ body }) => Math.max(1, Buffer.byteLength(body)),
  });
}

/** Writes into an account that its answer was kept from before. */
export function takeFrom({ cost, refused }: CachedAnswer, account: Account): void {
  account.answer = 'kept';
  account.cost = cost ?? account.cost;
  account.refused = refused ?? 0;
}
