import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Unfit } from '../execution/document-size.ts';
import { unfitRequest } from '../execution/unfit.ts';
import { Context, costOf } from '../query/context.ts';
import { openAccount } from './account.ts';
import { etagOf, takeFrom } from './answer-cache.ts';
import { isKnown } from './etag.ts';
import { inLane } from './in-lane.ts';
import { forAMinute } from './private-answers.ts';
import { askedOf, mayBeCached } from './request.ts';
import { versionOf, type Service } from './service.ts';

/** `/graphql`: unfit requests are refused first, known answers come from the cache, the engine answers the rest. */
export function registerGraphQL(app: FastifyInstance, service: Service): void {
  const answer = fastifyApolloHandler(service.engine, {
    context: async (request) => {
      const { document, variables } = askedOf(request) ?? { document: '', variables: {} };
      request.asking = new Context(await service.askerOf(request), service.releases, { document, variables });
      return request.asking;
    },
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.asking) settle(request, request.asking);
    const etag = request.answerKey;
    if (!etag || reply.statusCode !== 200 || typeof payload !== 'string' || payload.startsWith('{"errors"'))
      return payload;
    const { cost, refused } = request.account!;
    service.cache.set(etag, { body: payload, contentType: String(reply.getHeader('content-type')), cost, refused });
    fresh(reply, etag);
    return payload;
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preHandler: async (request, reply) => {
      const asker = await service.askerOf(request);
      await service.rate.check(request);
      const asked = askedOf(request);
      if (!asked) return;
      const accept = String(request.headers.accept ?? '');
      const unfit = unfitRequest(asked.document, asked.variables);
      if (unfit) return refuse(reply, unfit, accept, request.method);
      const account = openAccount(request, { door: 'graphql', asked, asker, release: service.releases.current });
      if (!mayBeCached(request)) return;
      const etag = etagOf({ ...asked, ...asker, ...versionOf(service.releases), accept, format: 'graphql' });
      reply.header('vary', 'authorization, accept');
      if (isKnown(request.headers['if-none-match'], etag)) {
        account.answer = 'unchanged';
        return fresh(reply, etag).code(304).send();
      }
      const cached = service.cache.get(etag);
      service.metrics.cache.inc({ hit: String(cached !== undefined) });
      if (cached) takeFrom(cached, account);
      if (cached) return fresh(reply, etag).type(cached.contentType).send(cached.body);
      request.answerKey = etag;
    },
    handler: (request, reply) => inLane(service, request, reply, null, async () => answer.call(app, request, reply)),
  });
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: async (_, reply) =>
      reply
        .code(405)
        .header('allow', 'GET, POST')
        .send({ errors: [{ message: 'Ask with GET or POST.', extensions: { code: 'METHOD_NOT_ALLOWED' } }] }),
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** ETag under which the answer to this request may be kept. */
    answerKey?: string;
    /** What the engine knows of this request. */
    asking?: Context;
  }
}

/** Lets clients and caches on the way keep the answer for a minute, and ask whether it still holds. */
const fresh = (reply: FastifyReply, etag: string) => reply.header('etag', etag).header('cache-control', forAMinute);

/** Writes into the account what the answer has cost. */
function settle({ account }: FastifyRequest, asking: Context): void {
  if (!account) return;
  account.cost = costOf(asking);
  account.refused = asking.spent.refusals;
}

/** As for any document that does not validate: 200 for clients of plain JSON, who read the body; too large is 400 for all. */
function refuse(reply: FastifyReply, { message, code }: Unfit, accept: string, method: string) {
  const modern = accept.includes('application/graphql-response+json');
  return reply
    .code(
      code === 'NOT_A_QUERY' && method === 'GET' ? 405 : code === 'GRAPHQL_VALIDATION_FAILED' && !modern ? 200 : 400,
    )
    .type(`${modern ? 'application/graphql-response+json' : 'application/json'}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
