import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AnswerCache, etagOf } from './answer-cache.ts';
import { createApollo } from '../execution/apollo.ts';
import { AccessRefused, Tokens } from '../identity/auth.ts';
import { Context } from '../query/context.ts';
import { registerExplorer } from '../explorer/index.ts';
import { registerExports } from '../export/index.ts';
import { limits } from '../query/limits.ts';
import { Metrics } from './metrics.ts';
import { printSchema } from '../print-schema.ts';
import type { Releases } from '../release/releases.ts';
import { versionOf, type Service } from './service.ts';

export interface ServerOptions {
  releases: Releases;
  tokens?: Tokens;
  introspection?: boolean;
  log?: boolean;
  cacheMegabytes?: number;
  /** Told of every fault of ours: the caller sees one sentence only. */
  onFault?: (error: unknown) => void;
}

/** The api over HTTP, ready to `listen`. Closing it ends the requests under way first; the releases stay open. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { releases, tokens = new Tokens(), introspection = true, onFault = () => {} } = options;
  const metrics = new Metrics();
  const service: Service = {
    releases,
    tokens,
    metrics,
    cache: new AnswerCache((options.cacheMegabytes ?? 64) * 1_000_000),
    onFault: (error) => {
      metrics.count('ahp_api_faults_total');
      onFault(error);
    },
    askerOf: (request) => tokens.askerOf(request.headers.authorization),
  };
  const app = Fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: 10_000,
    keepAliveTimeout: 30_000,
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 } as never,
    routerOptions: { maxParamLength: 200 },
    logger: options.log ? { level: 'info', redact: ['req.headers.authorization'] } : false,
    exposeHeadRoutes: false,
  });
  app.server.maxRequestsPerSocket = 10_000;
  keepToJson(app);
  secureEveryAnswer(app, metrics);
  hideFaults(app, service);

  app.get('/healthz', async (_, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_, reply) => reply.type('text/plain').send(`ready ${releases.current}\n`));
  app.get('/metrics', async (_, reply) => reply.type('text/plain; version=0.0.4').send(metrics.text(releases)));
  if (introspection)
    app.get('/schema.graphql', async (_, reply) => reply.type('text/plain; charset=utf-8').send(printSchema()));
  registerExplorer(app);
  registerExports(app, service);
  await registerGraphQL(app, service, introspection);
  return app;
}

async function registerGraphQL(app: FastifyInstance, service: Service, introspection: boolean): Promise<void> {
  const apollo = createApollo({ introspection, onFault: service.onFault });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  app.addHook('onSend', async (request, reply, payload) => {
    const etag = request.answerKey;
    if (!etag || reply.statusCode !== 200 || typeof payload !== 'string' || payload.startsWith('{"errors"'))
      return payload;
    service.cache.set(etag, { body: payload, contentType: String(reply.getHeader('content-type')) });
    fresh(reply, etag);
    return payload;
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preHandler: async (request, reply) => {
      const asker = service.askerOf(request);
      const asked = askedOf(request);
      if (!asked || !mayBeCached(request)) return;
      const etag = etagOf({
        ...asked,
        ...asker,
        ...versionOf(service.releases),
        accept: String(request.headers.accept ?? ''),
        format: 'graphql',
      });
      reply.header('vary', 'authorization, accept');
      if (request.headers['if-none-match'] === etag) return fresh(reply, etag).code(304).send();
      const cached = service.cache.get(etag);
      service.metrics.count('ahp_api_cache_total', `hit="${cached !== undefined}"`);
      if (cached) return fresh(reply, etag).type(cached.contentType).send(cached.body);
      request.answerKey = etag;
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request) => {
        const { document, variables } = askedOf(request) ?? { document: '', variables: {} };
        return new Context(service.askerOf(request), service.releases, { document, variables });
      },
    }),
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** ETag under which the answer to this request may be kept. */
    answerKey?: string;
  }
}

/** Lets a client keep the answer as long as it asks whether it still holds. */
const fresh = (reply: FastifyReply, etag: string) => reply.header('etag', etag).header('cache-control', 'no-cache');

interface AskedOverHttp {
  document: string;
  variables: Record<string, unknown>;
  operationName: string | null;
}

/** The question in a request, or null when there is none that could be answered; Apollo says what is wrong with it. */
function askedOf(request: FastifyRequest): AskedOverHttp | null {
  const from = (request.method === 'GET' ? request.query : request.body) as Record<string, unknown> | null;
  if (!from || typeof from !== 'object' || typeof from.query !== 'string') return null;
  const variables = typeof from.variables === 'string' ? parsed(from.variables) : (from.variables ?? {});
  if (!variables || typeof variables !== 'object' || Array.isArray(variables)) return null;
  const { extensions, operationName: name } = from;
  if (extensions !== undefined && extensions !== null && (typeof extensions !== 'object' || Array.isArray(extensions)))
    return null;
  if (name !== undefined && name !== null && typeof name !== 'string') return null;
  return { document: from.query, variables: variables as Record<string, unknown>, operationName: name ?? null };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

/** Only requests that pass Apollo’s protection against cross-site requests are answered from the cache. */
function mayBeCached({ method, headers }: FastifyRequest): boolean {
  const json = headers['content-type']?.startsWith('application/json') ?? false;
  return method === 'POST'
    ? json
    : json || headers['apollo-require-preflight'] !== undefined || headers['x-apollo-operation-name'] !== undefined;
}

function keepToJson(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
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

/** One sentence for each kind of failure; what happened inside is for the log. */
function hideFaults(app: FastifyInstance, { onFault }: Service): void {
  app.setErrorHandler((error: FastifyError, _, reply) => {
    if (error instanceof AccessRefused) {
      reply.code(401).header('www-authenticate', 'Bearer');
      return reply.send({ errors: [{ message: error.message, extensions: { code: error.code } }] });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) onFault(error);
    return reply.code(status).send({
      errors: [
        {
          message: sentences[status] ?? sentences[status < 500 ? 400 : 500],
          extensions: { code: status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
  });
  app.setNotFoundHandler((_, reply) =>
    reply
      .code(404)
      .send({ errors: [{ message: 'There is nothing here: ask at /graphql.', extensions: { code: 'NOT_FOUND' } }] }),
  );
}

const sentences: Record<number, string> = {
  400: 'The request cannot be read: send JSON with a query.',
  413: `The request is larger than ${limits.bodyBytes / 1024} KB.`,
  415: 'Send the request as application/json.',
  431: 'The headers of the request are too large.',
  500: 'Something went wrong on our side. The question may be asked again.',
};
