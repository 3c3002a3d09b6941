import type { FastifyReply, FastifyRequest } from 'fastify';
import { withDeadline } from '../deadline.ts';
import { askedOf } from './request.ts';
import { laneOf, type Lane } from './lanes.ts';
import type { Service } from './service.ts';

/** Milliseconds after which an answer is ended. */
const patience = { answers: 10_000, files: 30_000 };

/** Makes an answer in its lane and within its deadline; ends it when its client goes, and turns it away when its lane is full. */
export async function inLane(
  { lanes, metrics }: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  lane: Lane | null,
  answer: () => Promise<unknown>,
): Promise<unknown> {
  const gone = new AbortController();
  const leave = () => {
    if (!reply.raw.writableFinished) gone.abort();
  };
  reply.raw.once('close', leave);
  const signal = AbortSignal.any([AbortSignal.timeout(patience[lane === 'files' ? 'files' : 'answers']), gone.signal]);
  const { query } = request.query as Record<string, unknown>;
  const document = askedOf(request)?.document ?? String(query ?? '');
  const taken = await lanes.take(
    lane ?? laneOf(document),
    () => gone.signal.aborted,
    () => withDeadline(signal, answer),
  );
  reply.raw.off('close', leave);
  if (typeof taken === 'object') return taken.answer;
  if (taken === 'gone') return reply;
  metrics.shed.inc();
  return reply
    .code(503)
    .header('retry-after', '2')
    .send({
      errors: [
        {
          message: 'There are too many questions at the moment. Ask again in a few seconds.',
          extensions: { code: 'OVERLOADED' },
        },
      ],
    });
}
