import { readPrivate, UnusableFile } from '@ahp/api/private-file';

/** Somebody as whom a reader of the sample may look at it. */
export interface Persona {
  id: string;
  label: string;
  description: string;
  /** Where they begin. */
  to: string;
}

/** Who signs readers in. */
export interface SignInIssuer {
  /** Its name in addresses of this site. */
  id: string;
  /** Its name for readers. */
  label: string;
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  scope: string;
  /** The claims of a reader that the API is told: those that its table of access names. */
  claims: readonly string[];
  /** Of the sample's own provider, which signs anybody in as one of these. */
  personas: readonly Persona[] | null;
}

type Entry = Record<string, unknown>;
const known = ['id', 'label', 'issuer', 'clientId', 'clientSecret', 'scope', 'claims', 'personas'];

/** The issuers in a file `{ "issuers": [{ id, label, issuer, clientId, clientSecret, scope, claims }] }`. Throws UnusableFile, naming file, entry and remedy. */
export function readSignIn(path: string): SignInIssuer[] {
  const wrong = (what: string) => new UnusableFile(`${path}, ${what}`);
  let whole: unknown;
  try {
    whole = JSON.parse(readPrivate(path));
  } catch (cause) {
    throw cause instanceof UnusableFile ? cause : wrong('the whole: it is not JSON');
  }
  const list = (whole as { issuers?: unknown } | null)?.issuers;
  if (!Array.isArray(list) || list.length === 0) throw wrong('the whole: issuers must be a list of at least one');
  const issuers = list.map((one: Entry, index) => issuerOf(one, (what) => wrong(`issuer ${index + 1}: ${what}`)));
  for (const name of ['id', 'issuer'] as const) {
    const twin = issuers.findIndex((one, i) => issuers.findIndex((other) => other[name] === one[name]) < i);
    if (twin >= 0)
      throw wrong(`issuer ${twin + 1}: the ${name} ${issuers[twin]![name]} is there already; take one of the two out`);
  }
  if (issuers.length > 1 && issuers.some(({ personas }) => personas))
    throw wrong('the whole: the sample’s provider must be the only issuer: its personas are open to everybody');
  return issuers;
}

function issuerOf(one: Entry, wrong: (what: string) => UnusableFile): SignInIssuer {
  if (!one || typeof one !== 'object') throw wrong('it must be an object');
  const unknown = Object.keys(one).find((name) => !known.includes(name));
  if (unknown) throw wrong(`"${unknown}" is not a field; those are ${known.join(', ')}`);
  const {
    id,
    label,
    issuer,
    clientId,
    clientSecret = null,
    scope = 'openid profile',
    claims = [],
    personas = null,
  } = one;
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,40}$/.test(id))
    throw wrong('id must be small letters, digits and hyphens');
  for (const [name, value] of Object.entries({ label, clientId }))
    if (typeof value !== 'string' || value === '') throw wrong(`${name} must be a text`);
  if (typeof issuer !== 'string' || !isSafe(issuer)) throw wrong('issuer must be its https address');
  if (clientSecret !== null && (typeof clientSecret !== 'string' || clientSecret === ''))
    throw wrong('clientSecret must be a text');
  if (typeof scope !== 'string' || !scope.split(' ').includes('openid')) throw wrong('scope must hold openid');
  if (!Array.isArray(claims) || claims.some((claim) => typeof claim !== 'string'))
    throw wrong('claims must be a list of names');
  return {
    ...(one as unknown as SignInIssuer),
    clientSecret,
    scope,
    claims,
    personas: personas as SignInIssuer['personas'],
  };
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}
