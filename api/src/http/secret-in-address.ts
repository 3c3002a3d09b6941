import type { FastifyInstance } from 'fastify';
import { hasSecret } from '../identity/bearer.ts';

/** Addresses are kept in logs, in histories and by proxies: a key in one is no longer a secret, and is not taken as one. */
export class SecretInAddress extends Error {
  readonly statusCode = 400;

  constructor() {
    super(
      'A key or a token must not be in an address. Send it in the Authorization header, and have this one revoked: addresses are kept in logs.',
    );
  }
}

export function refuseSecretsInAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }) => {
    if (hasSecret(url)) throw new SecretInAddress();
  });
}

/** What the log says of a request: not its question, not who sent it, and no key that is in its address. */
export function lineOf({ method, url }: { method: string; url: string }): { method: string; path: string } {
  const path = url.split('?', 1)[0]!;
  return { method, path: hasSecret(path) ? '(an address with a key in it)' : path };
}
