import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import type { SamplePerson, SampleProvider } from './sample-sign-in.ts';

/**
 * A real OpenID provider on this machine that signs anybody in as one of the sample's people, without a password. For trying the service out and for
 * tests: site and API refuse it unless the figures are of invented people and it is the only issuer.
 */
export async function startSampleProvider(
  people: readonly SamplePerson[],
  origin: string,
  port = 0,
): Promise<SampleProvider> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['ahp-dashboard', randomBytes(32).toString('base64url')];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${origin}/sign-in/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [await signingKey()] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    // What is said about a person goes into the identity token, so that the site needs no second question.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/as/${uid}` },
    findAccount: (_: unknown, id: string) => {
      const person = people.find((one) => one.id === id);
      return person && { accountId: id, claims: () => ({ sub: id, name: person.name, groups: person.groups }) };
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 600, Session: 600, Grant: 600 },
  });
  const standard = provider.callback();
  server.on('request', (request, response) => {
    // Whoever was chosen before is forgotten: each time somebody else may come in.
    request.headers.cookie = request.headers.cookie?.replace(/_session(\.\w+)?=[^;]*;?/g, '');
    if (!request.url?.startsWith('/as/')) return void standard(request, response);
    void comeIn(provider, people, request, response).catch(() => response.writeHead(400).end('Start again.'));
  });
  return {
    issuer,
    clientId,
    clientSecret,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function signingKey(): Promise<object> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
}

type Listener = Parameters<Provider['interactionDetails']>;

/** Signs in whom the site has named, and agrees to what it asks for. */
async function comeIn(
  provider: Provider,
  people: readonly SamplePerson[],
  request: Listener[0],
  response: Listener[1],
) {
  const { params } = await provider.interactionDetails(request, response);
  const person = people.find(({ id }) => id === params.login_hint);
  if (!person) return provider.interactionFinished(request, response, { error: 'access_denied' });
  const grant = new provider.Grant({ accountId: person.id, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId: person.id }, consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result);
}

/** `sample-provider.ts --people JSON --origin URL`: prints issuer and client as one line of JSON, and serves until it is ended. */
if (import.meta.main) {
  const { people = '[]', origin = '' } = parseArgs({
    options: { people: { type: 'string' }, origin: { type: 'string' } },
  }).values;
  const { close, ...told } = await startSampleProvider(JSON.parse(people) as SamplePerson[], origin);
  console.log(JSON.stringify(told));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().then(() => process.exit(0)));
}
