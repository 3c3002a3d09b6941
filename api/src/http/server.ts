import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { answerCache } from './answer-cache.ts';
import { startEngine } from '../execution/engine.ts';
import { Identities } from '../identity/identities.ts';
import { hideFaults } from './faults.ts';
import { registerGraphQL } from './graphql.ts';
import { registerExplorer } from '../explorer/index.ts';
import { registerExports } from '../export/index.ts';
import { Links, linksFolder } from '../export/links.ts';
import { registerPermalinks } from '../export/permalink.ts';
import { limits } from '../query/limits.ts';
import { Lanes } from './lanes.ts';
import { Metrics } from './metrics.ts';
import { printSchema } from '../print-schema.ts';
import type { Releases } from '../release/releases.ts';
import { lineOf, refuseSecretsInAddresses } from './secret-in-address.ts';
import type { Service } from './service.ts';

export interface ServerOptions {
  releases: Releases;
  identities?: Identities;
  introspection?: boolean;
  /** Whether requests are logged: to the standard output, or to a stream. */
  log?: boolean | { write: (line: string) => void };
  cacheMegabytes?: number;
  /** Folder of the questions that permalinks stand for, and how large it may grow; by default `links` in the data folder, 256 MB. */
  links?: string;
  linksMegabytes?: number;
  /** Address of the api as readers reach it, for links in files. */
  publicAddress?: string | null;
  /** Told of every fault of ours: the caller sees one sentence only. */
  onFault?: (error: unknown) => void;
}

/** The api over HTTP, ready to `listen`. Closing it ends the requests under way first; the releases stay open. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { releases, identities = new Identities(), introspection = true, onFault = () => {} } = options;
  const metrics = new Metrics();
  const countFault = (error: unknown) => {
    metrics.count('ahp_api_faults_total');
    onFault(error);
  };
  const service: Service = {
    engine: await startEngine({ introspection, onFault: countFault }),
    releases,
    metrics,
    lanes: new Lanes(),
    links: new Links(options.links ?? join(releases.data, linksFolder), options.linksMegabytes ?? 256),
    publicAddress: options.publicAddress ?? null,
    cache: answerCache((options.cacheMegabytes ?? 64) * 1_000_000),
    onFault: countFault,
    askerOf: (request) => identities.askerOf(request.headers.authorization),
  };
  const app = Fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: 10_000,
    keepAliveTimeout: 30_000,
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 } as never,
    routerOptions: { maxParamLength: 200 },
    logger: options.log
      ? {
          level: 'info',
          serializers: { req: lineOf },
          ...(typeof options.log === 'object' ? { stream: options.log } : {}),
        }
      : false,
    exposeHeadRoutes: false,
  });
  app.server.maxRequestsPerSocket = 10_000;
  app.server.maxConnections = 2_000;
  refuseSecretsInAddresses(app);
  keepToJson(app);
  secureEveryAnswer(app, metrics);
  hideFaults(app, service);

  app.get('/healthz', async (_, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_, reply) =>
    reply
      .type('text/plain')
      .send(service.lanes.shedding ? `shedding ${releases.current}\n` : `ready ${releases.current}\n`),
  );
  app.get('/metrics', async (_, reply) => reply.type('text/plain; version=0.0.4').send(metrics.text(releases)));
  if (introspection)
    app.get('/schema.graphql', async (_, reply) => reply.type('text/plain; charset=utf-8').send(printSchema()));
  registerExplorer(app);
  registerExports(app, service);
  registerPermalinks(app, service);
  registerGraphQL(app, service);
  keepPrivateAnswersPrivate(app);
  app.addHook('onClose', () => service.engine.stop());
  return app;
}

/** An answer to somebody who says who they are is theirs alone: no cache on the way may keep it, whatever it holds. */
function keepPrivateAnswersPrivate(app: FastifyInstance): void {
  app.addHook('onSend', async ({ headers }, reply, payload) => {
    if (headers.authorization)
      reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'private, no-store');
    return payload;
  });
}

class WrongCharset extends Error {
  readonly statusCode = 415;
}

function keepToJson(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  // JSON is UTF-8 by its own standard; another charset would be read as garbage without anybody being told.
  app.addHook('onRequest', async (request) => {
    const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset && !/^utf-?8$/i.test(charset)) throw new WrongCharset();
  });
}

function secureEveryAnswer(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    });
  });
  app.addHook('onResponse', async (_, reply) => metrics.request(reply.statusCode, reply.elapsedTime));
}
