import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { Identities } from '../src/identity/identities.ts';
import { KeyRing } from '../src/identity/key-ring.ts';
import { keysFileName } from '../src/identity/keys-file.ts';
import { Releases } from '../src/release/releases.ts';
import { createLog } from '../src/http/log.ts';
import { createServer, type ServerOptions } from '../src/http/server.ts';

export interface Serving {
  url: string;
  releases: Releases;
  faults: unknown[];
  /** POST of a question as JSON. */
  post: (body: unknown, headers?: Record<string, string>) => Promise<Response>;
  close: () => Promise<void>;
}

const keyOf = (id: string) => `ahp_${id}_${id.repeat(6).slice(0, 43)}`;

/** Keys of the test: those of an analyst, of one employer (RAA) and of two (RAA, RBB) hold, the others do not any more. */
export const keys = {
  trusted: keyOf('00000001'),
  own: keyOf('00000002'),
  two: keyOf('00000003'),
  expired: keyOf('00000004'),
  revoked: keyOf('00000005'),
};

/** A file of these keys. */
export function writeKeys(folder: string): string {
  const path = join(folder, keysFileName);
  const line = (key: string, label: string, who: object) => ({
    id: key.slice(4, 12),
    label,
    owner: 'test',
    sha256: createHash('sha256').update(key).digest('hex'),
    audience: 'trusted',
    organisations: [],
    created: '2020-01-01',
    expires: '2100-01-01',
    ...who,
  });
  const lines = [
    line(keys.trusted, 'analyst', {}),
    line(keys.own, 'Alder', { audience: 'own', organisations: ['RAA'] }),
    line(keys.two, 'Alder and Beech', { audience: 'own', organisations: ['RBB', 'RAA'] }),
    line(keys.expired, 'former', { expires: '2020-12-31' }),
    line(keys.revoked, 'given away', {}),
    { revoke: '00000005', on: '2026-01-01' },
  ];
  writeFileSync(path, lines.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 });
  return path;
}

/** The api on a free port, over a data folder; looks for a new release every 20 ms. */
export async function startServing(
  data: string,
  {
    log,
    ...options
  }: Omit<Partial<ServerOptions>, 'releases' | 'identities' | 'log'> & {
    log?: { write: (line: string) => void };
  } = {},
): Promise<Serving> {
  const releases = await Releases.watch(data, { poll: 20 });
  // Beside the data, which may be of somebody else.
  const folder = mkdtempSync(join(tmpdir(), 'ahp-keys-'));
  const identities = new Identities({ keys: new KeyRing(writeKeys(folder), { poll: 20 }) });
  const faults: unknown[] = [];
  const app = await createServer({
    releases,
    identities,
    links: join(folder, 'links'),
    onFault: (error) => faults.push(error),
    log: log && { to: createLog(log), addresses: false },
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
      identities.close();
      rmSync(folder, { recursive: true });
      await releases.close();
    },
  };
}
