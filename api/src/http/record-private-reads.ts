import type { FastifyInstance } from 'fastify';
import { NotRecorded } from '../audit-log/audit-log.ts';
import type { PrivateRead } from '../audit-log/entry.ts';
import type { Account } from './account.ts';
import type { Service } from './service.ts';

/** Writes every private read down before its answer is sent; what cannot be written down is not answered. */
export function recordPrivateReads(app: FastifyInstance, { audit, onFault }: Service): void {
  app.addHook('onSend', async ({ account }, reply, payload) => {
    if (!audit || !account || account.asker.audience === 'public') return payload;
    try {
      audit.write(readOf(account, reply.statusCode, payload));
      return payload;
    } catch (error) {
      if (!(error instanceof NotRecorded)) throw error;
      onFault(error.cause);
      reply.code(503).removeHeader('etag').removeHeader('content-disposition');
      reply
        .type('application/json; charset=utf-8')
        .header('retry-after', '60')
        .header('cache-control', 'private, no-store');
      return JSON.stringify({
        errors: [
          {
            message: 'Private figures cannot be given just now, because that cannot be recorded. Ask again later.',
            extensions: { code: 'NOT_RECORDED' },
          },
        ],
      });
    }
  });
}

function readOf(account: Account, status: number, payload: unknown): PrivateRead {
  const { who, asker, release, door, operation, question, cost, refused } = account;
  const failed = status >= 400 || (typeof payload === 'string' && payload.startsWith('{"errors"'));
  return {
    at: new Date().toISOString(),
    who: who ?? 'nobody',
    audience: asker.audience,
    organisations: asker.organisations,
    release,
    door,
    operation,
    question,
    cells: cost.used,
    status,
    decision: status === 422 || refused > 0 ? 'refused' : failed ? 'failed' : 'answered',
  };
}
