import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { Tokens } from '../src/identity/auth.ts';
import { Releases } from '../src/release/releases.ts';
import { createServer } from '../src/http/server.ts';

export interface Serving {
  url: string;
  releases: Releases;
  faults: unknown[];
  /** POST of a question as JSON. */
  post: (body: unknown, headers?: Record<string, string>) => Promise<Response>;
  close: () => Promise<void>;
}

/** Tokens of the test: `trusted-token` and `own-token` (for RAA) hold, `old-token` has expired. */
export function writeTokens(folder: string): string {
  const path = join(folder, 'tokens.json');
  const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
  const tokens = [
    { id: 'analyst', sha256: sha256('trusted-token'), audience: 'trusted', expires: '2100-01-01' },
    { id: 'alder', sha256: sha256('own-token'), audience: 'own', organisation: 'RAA', expires: '2100-01-01' },
    { id: 'former', sha256: sha256('old-token'), audience: 'trusted', expires: '2020-01-01' },
  ];
  writeFileSync(path, JSON.stringify(tokens));
  return path;
}

/** The api on a free port, over a data folder; looks for a new release every 20 ms. */
export async function startServing(
  data: string,
  options: { cacheMegabytes?: number; introspection?: boolean } = {},
): Promise<Serving> {
  const releases = await Releases.watch(data, { poll: 20 });
  const faults: unknown[] = [];
  const app = await createServer({
    releases,
    tokens: Tokens.read(writeTokens(data)),
    onFault: (error) => faults.push(error),
    ...options,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    url,
    releases,
    faults,
    post: (body, headers = {}) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      await app.close();
      await releases.close();
    },
  };
}
