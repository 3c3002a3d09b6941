import { pino, type DestinationStream, type Logger } from 'pino';
import type { FastifyInstance } from 'fastify';
import { lineOf } from './secret-in-address.ts';

/** How requests are logged: with the address that they came from, which is personal data, only where that is asked for. */
export interface Logging {
  addresses: boolean;
}

/** The log of the service: JSON lines with a time, to the standard error unless a stream is given. */
export function createLog(to: DestinationStream = pino.destination({ fd: 2, sync: true })): Logger {
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    to,
  );
}

/** A line for each request: what kind of question, for which audience, at what cost. No question, no key, no name, no header. */
export function logRequests(app: FastifyInstance, log: Logger, { addresses }: Logging): void {
  app.addHook('onResponse', async (request, reply) => {
    const { account } = request;
    log.info({
      event: 'request',
      ...lineOf(request),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      ...(account
        ? {
            door: account.door,
            operation: account.operation,
            audience: account.asker.audience,
            release: account.release,
            answer: account.answer,
            cellsRequested: account.cost.requested,
            cellsUsed: account.cost.used,
            refused: account.refused,
          }
        : {}),
      ...(addresses ? { address: request.ip } : {}),
    });
  });
}
