import type { FastifyInstance } from 'fastify';

/**
 * Pages of any site may read what the public may read. They cannot send a key along: a preflight that asks to send one is not granted, and answers to
 * somebody who says who they are carry no permission. Cookies play no part here. Requests that need no preflight stay refused at /graphql.
 */
export function allowOtherOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.headers.authorization)
      reply.headers({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'content-disposition, etag, link, retry-after',
      });
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return;
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type, apollo-require-preflight, if-none-match',
        'access-control-max-age': '86400',
      })
      .send();
  });
}
