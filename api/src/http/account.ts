import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { operationAsked } from '../execution/unfit.ts';
import type { Asker } from '../identity/asker.ts';
import { whoOf } from '../identity/who.ts';
import type { AskedOverHttp } from './request.ts';

/** Cells that an answer was asked to be made of, its refused questions too, and those that it was made of. */
export interface Cost {
  requested: number;
  used: number;
}

/** What is known of one question over HTTP: for metrics, logs, limits and the record of private reads. It holds nothing of what was asked in words. */
export interface Account {
  /** The address that it came to: `graphql`, `csv`, `link`… */
  door: string;
  /** What it asks, in a word of ours. */
  operation: string;
  asker: Asker;
  who: string | null;
  /** Digest of the document and its variables. */
  question: string;
  release: string;
  cost: Cost;
  /** Questions that were refused with a reason. */
  refused: number;
  /** Whether the answer was worked out, kept from before, or known to who asks. */
  answer: 'made' | 'kept' | 'unchanged';
}

declare module 'fastify' {
  interface FastifyRequest {
    account?: Account;
  }
}

/** Opens the account of a request: call it once it is known who asks, and what. */
export function openAccount(
  request: FastifyRequest,
  { door, asked, asker, release }: { door: string; asked: AskedOverHttp; asker: Asker; release: string },
): Account {
  request.account = {
    door,
    operation: operationAsked(asked.document),
    asker,
    who: whoOf(request.headers.authorization),
    question: createHash('sha256')
      .update(JSON.stringify([asked.document, asked.variables, asked.operationName]))
      .digest('base64url'),
    release,
    cost: { requested: 0, used: 0 },
    refused: 0,
    answer: 'made',
  };
  return request.account;
}
