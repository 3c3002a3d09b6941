import type { ApolloServer } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { LRUCache } from 'lru-cache';
import type { AuditLog } from '../audit-log/audit-log.ts';
import { codeVersion } from '../execution/code-version.ts';
import type { Asker } from '../identity/asker.ts';
import type { Links } from '../export/links.ts';
import type { Context } from '../query/context.ts';
import type { Releases } from '../release/releases.ts';
import type { CachedAnswer } from './answer-cache.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Lanes } from './lanes.ts';
import type { Metrics } from './metrics.ts';

/** What the handlers share. Every door asks the same engine. */
export interface Service {
  engine: ApolloServer<Context>;
  releases: Releases;
  cache: LRUCache<string, CachedAnswer>;
  metrics: Metrics;
  lanes: Lanes;
  rate: RateLimit;
  /** Where private reads are written down; null: nowhere. */
  audit: AuditLog | null;
  links: Links;
  /** Address of the api as readers reach it, for links in files; null: they have a path only. */
  publicAddress: string | null;
  onFault: (error: unknown) => void;
  askerOf: (request: FastifyRequest) => Promise<Asker>;
}

/** The release that is current now and the code that answers, as part of a cache key. */
export const versionOf = (releases: Releases) => ({
  release: releases.current,
  stamp: releases.stamp,
  code: codeVersion,
});
