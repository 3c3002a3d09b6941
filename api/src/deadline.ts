import { AsyncLocalStorage } from 'node:async_hooks';
import { GraphQLError } from 'graphql';

const running = new AsyncLocalStorage<AbortSignal>();

/** Runs the answer to one request; `checkDeadline` inside it ends it once the signal is aborted. */
export const withDeadline = <Result>(signal: AbortSignal, answer: () => Promise<Result>): Promise<Result> =>
  running.run(signal, answer);

/** Ends the answer under way if its time is over or nobody waits for it any more: called before every read and every long calculation. */
export function checkDeadline(): void {
  if (running.getStore()?.aborted)
    throw new GraphQLError('This took too long and was ended. Ask for less, or ask again in a moment.', {
      extensions: { code: 'TIMEOUT' },
    });
}
