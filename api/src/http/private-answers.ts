import type { FastifyInstance } from 'fastify';

/** How long caches on the way may keep an answer of the public: the current release may change, a permalink’s may only end. */
export const forAMinute = 'public, max-age=60';
export const forAnHour = 'public, max-age=3600';

/** An answer to somebody who says who they are is theirs alone, whatever it holds; and what is wrong is kept by nobody. */
export function keepPrivateAnswersPrivate(app: FastifyInstance): void {
  app.addHook('onSend', async ({ headers, account }, reply, payload) => {
    if (headers.authorization)
      reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'private, no-store');
    else if (!reply.hasHeader('cache-control') && (account || reply.statusCode >= 400))
      reply.header('cache-control', 'no-store');
    return payload;
  });
}
