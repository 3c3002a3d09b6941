import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** An issuer of tokens on a free port: it serves its public keys and signs whatever it is told to. */
export interface TestIssuer {
  /** `iss` of its tokens. */
  url: string;
  jwks: string;
  /** How often its keys were read. */
  reads: () => number;
  /** Signs with the newest key; an `undefined` claim is left out. */
  sign: (claims: object, header?: object) => Promise<string>;
  /** A new signing key; the old ones stay listed unless told otherwise. */
  rotate: (keepOld?: boolean) => Promise<void>;
  /** Whether it answers. */
  answer: (answers: boolean) => void;
  publicKeys: () => JWK[];
  close: () => Promise<void>;
}

export async function startIssuer(): Promise<TestIssuer> {
  let keys: { jwk: JWK; privateKey: CryptoKey }[] = [];
  let reads = 0;
  let answers = true;
  const rotate = async (keepOld = true) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = {
      ...(await exportJWK(publicKey)),
      kid: `key-${reads}-${keys.length}-${Date.now()}`,
      alg: 'ES256',
      use: 'sig',
    };
    keys = [...(keepOld ? keys : []), { jwk, privateKey }];
  };
  await rotate();
  const publicKeys = () => keys.map(({ jwk }) => jwk);
  const server = createServer((_, response) => {
    reads += 1;
    if (!answers) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: publicKeys() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    jwks: `${url}/jwks`,
    reads: () => reads,
    rotate,
    publicKeys,
    answer: (wanted) => (answers = wanted),
    sign: (claims, header = {}) => {
      const { jwk, privateKey } = keys.at(-1)!;
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: url, aud: 'ahp-api', sub: 'somebody', iat: now, exp: now + 300, ...claims };
      return new SignJWT(JSON.parse(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: jwk.kid, ...header })
        .sign(privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
