import type { Server } from 'node:http';

/** Milliseconds that requests under way have to end in. */
const patience = 4000;

/**
 * Ends a server that has been told to stop: connections without a request under way are closed as soon as they have none, all others after four seconds.
 * Call it beside `close`, which takes no new connection and ends when none is left.
 */
export function drain(server: Server): void {
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const all = setTimeout(() => server.closeAllConnections(), patience);
  server.once('close', () => {
    clearInterval(idle);
    clearTimeout(all);
  });
}
