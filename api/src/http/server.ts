import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AuditLog } from '../audit-log/audit-log.ts';
import { answerCache } from './answer-cache.ts';
import { compressAnswers } from './compress.ts';
import { allowOtherOrigins } from './cross-origin.ts';
import { logRequests } from './log.ts';
import { startEngine } from '../execution/engine.ts';
import { Identities } from '../identity/identities.ts';
import { hideFaults } from './faults.ts';
import { registerGraphQL } from './graphql.ts';
import { registerExplorer } from '../explorer/index.ts';
import { registerExports } from '../export/index.ts';
import { Links, linksFolder } from '../export/links.ts';
import { registerPermalinks } from '../export/permalink.ts';
import { registerNews } from '../news/index.ts';
import { limits } from '../query/limits.ts';
import { Lanes } from './lanes.ts';
import { Metrics } from './metrics.ts';
import { printSchema } from '../print-schema.ts';
import type { Releases } from '../release/releases.ts';
import { RateLimit } from './rate-limit.ts';
import { keepPrivateAnswersPrivate } from './private-answers.ts';
import { recordPrivateReads } from './record-private-reads.ts';
import { refuseSecretsInAddresses } from './secret-in-address.ts';
import type { Service } from './service.ts';

export interface ServerOptions {
  releases: Releases;
  identities?: Identities;
  introspection?: boolean;
  /** Where requests are logged; nowhere by default. `addresses`: with the address that they come from. */
  log?: { to: Logger; addresses: boolean };
  /** Folder in which private reads are recorded, or null for nowhere. */
  auditLog?: string | null;
  /** Points that one key or address may use in a minute, and addresses that are not counted; 0: no limit. */
  rate?: { perMinute: number; exempt?: readonly string[] };
  /** Whether pages of other sites may read what the public may read. */
  crossOrigin?: boolean;
  /** Whether a proxy in front says by X-Forwarded-For where requests come from. */
  trustProxy?: boolean;
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
  const lanes = new Lanes();
  const metrics = new Metrics(releases, lanes);
  const audit = options.auditLog ? new AuditLog(options.auditLog) : null;
  const countFault = (error: unknown) => {
    metrics.faults.inc();
    onFault(error);
  };
  const service: Service = {
    engine: await startEngine({ introspection, onFault: countFault }),
    releases,
    metrics,
    lanes,
    rate: new RateLimit(options.rate ?? { perMinute: 0 }),
    audit,
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
    // The proxy in front, and none before it: what these say could be anything.
    trustProxy: options.trustProxy ? (_: string, hop: number) => hop < 1 : false,
    logger: false,
    exposeHeadRoutes: false,
  });
  app.server.maxRequestsPerSocket = 10_000;
  app.server.maxConnections = 2_000;
  refuseSecretsInAddresses(app);
  keepToJson(app);
  secureEveryAnswer(app);
  if (options.crossOrigin ?? true) allowOtherOrigins(app);
  if (options.log) logRequests(app, options.log.to, { addresses: options.log.addresses });
  app.addHook('onResponse', async (request, reply) => {
    const { account } = request;
    metrics.requests.inc({ status: reply.statusCode });
    if (!account) return;
    metrics.answered(account, reply.elapsedTime);
    await service.rate.charge(request, account);
  });
  hideFaults(app, service);

  app.get('/healthz', async (_, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_, reply) =>
    reply
      .type('text/plain')
      .send(service.lanes.shedding ? `shedding ${releases.current}\n` : `ready ${releases.current}\n`),
  );
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  if (introspection)
    app.get('/schema.graphql', async (_, reply) => reply.type('text/plain; charset=utf-8').send(printSchema()));
  registerExplorer(app);
  registerExports(app, service);
  registerPermalinks(app, service);
  registerNews(app, service);
  registerGraphQL(app, service);
  keepPrivateAnswersPrivate(app);
  recordPrivateReads(app, service);
  compressAnswers(app, service);
  app.addHook('onClose', async () => {
    audit?.close();
    await service.engine.stop();
  });
  return app;
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

function secureEveryAnswer(app: FastifyInstance): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    });
  });
}
