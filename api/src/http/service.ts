import type { FastifyRequest } from 'fastify';
import type { AnswerCache } from './answer-cache.ts';
import type { Asker, Tokens } from '../identity/auth.ts';
import type { Metrics } from './metrics.ts';
import type { Releases } from '../release/releases.ts';

/** What the handlers share. */
export interface Service {
  releases: Releases;
  tokens: Tokens;
  cache: AnswerCache;
  metrics: Metrics;
  onFault: (error: unknown) => void;
  askerOf: (request: FastifyRequest) => Asker;
}

/** The release that is current now, as part of a cache key. */
export const versionOf = (releases: Releases) => ({ release: releases.current, generation: releases.generation });
