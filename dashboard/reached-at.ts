import type { IncomingMessage } from 'node:http';

/** Headers in which the site is told how it was reached; they are set here and never taken from a client. */
export const reachedHeaders = { protocol: 'x-ahp-protocol', host: 'x-ahp-host' } as const;

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Notes how a request reached the site, for links and citations. A client may say any name in Host and any protocol in X-Forwarded-Proto, so neither is
 * believed: a name of this machine is, and the protocol of a proxy that the configuration trusts; all else is `bound`, host and port that are listened on.
 */
export function noteReached(request: IncomingMessage, bound: string, trustsProxy: boolean): void {
  const host = request.headers.host ?? '';
  const name = host.replace(/:\d{1,5}$/, '');
  const forwarded = trustsProxy ? request.headers['x-forwarded-proto'] : undefined;
  request.headers[reachedHeaders.host] = loopback.has(name) ? host : bound;
  request.headers[reachedHeaders.protocol] = forwarded === 'https' ? 'https' : 'http';
}
