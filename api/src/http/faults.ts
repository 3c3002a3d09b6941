import type { FastifyError, FastifyInstance } from 'fastify';
import { AccessRefused, IdentityUnavailable } from '../identity/asker.ts';
import { AskedTooMuch } from './rate-limit.ts';
import { SecretInAddress } from './secret-in-address.ts';
import { limits } from '../query/limits.ts';
import type { Service } from './service.ts';

/** One sentence for each kind of failure; what happened inside is for the log. */
export function hideFaults(app: FastifyInstance, { onFault, metrics }: Service): void {
  app.setErrorHandler((error: FastifyError, _, reply) => {
    if (error instanceof AccessRefused) {
      reply.code(401).header('www-authenticate', 'Bearer');
      return reply.send({ errors: [{ message: error.message, extensions: { code: error.code } }] });
    }
    if (error instanceof IdentityUnavailable)
      return reply
        .code(503)
        .header('retry-after', '60')
        .send({ errors: [{ message: error.message, extensions: { code: error.code } }] });
    if (error instanceof AskedTooMuch) {
      metrics.limited.inc();
      return reply
        .code(429)
        .header('retry-after', String(error.seconds))
        .send({ errors: [{ message: error.message, extensions: { code: 'RATE_LIMITED' } }] });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) onFault(error);
    return reply.code(status).send({
      errors: [
        {
          message:
            error instanceof SecretInAddress
              ? error.message
              : (sentences[status] ?? sentences[status < 500 ? 400 : 500]),
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
  415: 'Send the request as application/json, in UTF-8.',
  431: 'The headers of the request are too large.',
  500: 'Something went wrong on our side. The question may be asked again.',
};
