import type { Cookies } from '@sveltejs/kit';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  type Configuration,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { seal, unseal } from './sealed.ts';
import { cookieOf, newSessionId, type Session } from './session.ts';
import type { SignIn } from './settings.ts';
import type { SignInIssuer } from './sign-in-file.ts';

/** What must come back with a reader, sealed in a cookie while they are away. */
interface Away {
  id: string;
  state: string;
  nonce: string;
  verifier: string;
  to: string;
}

const awayFor = 10 * 60;
/** Milliseconds after which the addresses and keys of an issuer are read again. */
const freshFor = 60 * 60_000;
const known = new Map<string, { at: number; configuration: Promise<Configuration> }>();

/** The reader did not start here, or too long ago. */
export class NotExpected extends Error {}

function configurationOf({ issuer, clientId, clientSecret }: SignInIssuer): Promise<Configuration> {
  const held = known.get(issuer);
  if (held && Date.now() - held.at < freshFor) return held.configuration;
  const authentication = clientSecret ? ClientSecretBasic(clientSecret) : None();
  const configuration = discovery(new URL(issuer), clientId, {}, authentication, {
    timeout: 5,
    // The file of issuers takes http for this machine alone.
    execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [],
  });
  known.set(issuer, { at: Date.now(), configuration });
  configuration.catch(() => known.delete(issuer));
  return configuration;
}

const callbackOf = ({ origin }: SignIn) => `${origin}/sign-in/callback`;

/** The address at which a reader signs in; what must come back with them is kept in a cookie. `hint` names somebody to the issuer. */
export async function sendAway(
  cookies: Cookies,
  settings: SignIn,
  issuer: SignInIssuer,
  { to, hint }: { to: string; hint?: string },
): Promise<URL> {
  const configuration = await configurationOf(issuer);
  const away: Away = {
    id: issuer.id,
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    to,
  };
  const { name, options } = cookieOf('ahp-away', settings);
  cookies.set(name, await seal(away, 'away', awayFor, settings.sessionKeys), { ...options, maxAge: awayFor });
  return buildAuthorizationUrl(configuration, {
    redirect_uri: callbackOf(settings),
    scope: issuer.scope,
    code_challenge: await calculatePKCECodeChallenge(away.verifier),
    code_challenge_method: 'S256',
    state: away.state,
    nonce: away.nonce,
    ...(hint ? { login_hint: hint, prompt: 'login' } : {}),
  });
}

/** The reader who comes back, and where they wanted to go. Throws NotExpected, or what openid-client found wrong. */
export async function welcomeBack(
  cookies: Cookies,
  settings: SignIn,
  search: string,
): Promise<{ session: Session; to: string }> {
  const { name, options } = cookieOf('ahp-away', settings);
  const away = await unseal<Away>(cookies.get(name), 'away', settings.sessionKeys);
  cookies.delete(name, options);
  const issuer = settings.issuers.find(({ id }) => id === away?.id);
  if (!away || !issuer) throw new NotExpected();
  const tokens = await authorizationCodeGrant(await configurationOf(issuer), new URL(callbackOf(settings) + search), {
    expectedState: away.state,
    expectedNonce: away.nonce,
    pkceCodeVerifier: away.verifier,
    idTokenExpected: true,
  });
  const said = tokens.claims()!;
  const seconds = Math.floor(Date.now() / 1000);
  const session: Session = {
    id: newSessionId(),
    issuer: issuer.issuer,
    subject: said.sub,
    name: typeof said.name === 'string' ? said.name.slice(0, 100) : '',
    claims: Object.fromEntries(issuer.claims.flatMap((claim) => (claim in said ? [[claim, said[claim]]] : []))),
    since: seconds,
    seen: seconds,
    asPublic: false,
  };
  return { session, to: away.to };
}
