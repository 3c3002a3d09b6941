import { dirname, resolve } from 'node:path';
import { readPrivate, UnusableFile } from './private-file.ts';

/** How tokens of an issuer are checked that programs send to the api themselves. */
export interface TokenCheck {
  /** Where the issuer's public keys are: an https address, or the path of a file. */
  jwks: string;
  /** The `aud` that a token must have. */
  audience: string;
  algorithms: string[];
  /** The `typ` in the header of a token, such as at+jwt. */
  typ: string;
}

/** Who signs people in. Without `tokens` its people come through the dashboard alone. */
export interface Issuer {
  issuer: string;
  tokens: TokenCheck | null;
  /** Whether it may say itself of which employers somebody is. */
  assertsOrganisations: boolean;
  /** Whether it signs anybody in as one of the sample's invented people: good while the figures are of invented people. */
  sample: boolean;
}

/** People of an issuer with these claims ask as this audience. */
export interface AccessRule {
  issuer: string;
  /** Every one must be there with this value, or with a list that has it. */
  claims: Readonly<Record<string, string>>;
  audience: 'trusted' | 'own';
  organisations: readonly string[];
  /** The claim whose value or list names the employers, for an issuer that may. */
  organisationsFrom: string | null;
}

/** The reviewed table from issuers and claims to audiences and employers. Whom no rule names is the public. */
export interface Access {
  issuers: ReadonlyMap<string, Issuer>;
  rules: readonly AccessRule[];
}

/** The file of a data folder that holds its table of access, unless a setting names another. */
export const accessFileName = 'access.json';

/** Signatures that a holder of public keys cannot make: neither `none` nor shared secrets. */
export const signatures = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

type Wrong = (what: string) => UnusableFile;
type Entry = Record<string, unknown>;

/** Reads `{ issuers: […], rules: […] }`. Throws UnusableFile, naming the file, the entry and the remedy. */
export function readAccess(path: string): Access {
  const wrong: Wrong = (what) => new UnusableFile(`${path}, ${what}`);
  const whole = entryOf(parse(readPrivate(path), wrong), () => wrong('the whole: it must be a JSON object'));
  fields(whole, ['issuers', 'rules'], (what) => wrong(`the whole: ${what}`));
  const issuers = new Map<string, Issuer>();
  for (const [at, given] of listOf(whole, 'issuers', wrong)) {
    const issuer = issuerOf(given, dirname(path), at);
    if (issuers.has(issuer.issuer)) throw at(`the issuer ${issuer.issuer} is there already; take one of the two out`);
    issuers.set(issuer.issuer, issuer);
  }
  if (issuers.size > 1 && [...issuers.values()].some(({ sample }) => sample))
    throw wrong('the whole: an issuer of the sample must be the only one: its people are open to everybody');
  const seen = new Map<string, string>();
  const rules = listOf(whole, 'rules', wrong).map(([at, given, name]) => {
    const rule = ruleOf(given, issuers, at);
    const key = JSON.stringify([rule.issuer, Object.entries(rule.claims).sort(), rule.audience]);
    if (seen.has(key)) throw at(`${seen.get(key)} has the same issuer, claims and audience; make them one rule`);
    seen.set(key, name);
    return rule;
  });
  return { issuers, rules };
}

function issuerOf(given: Entry, folder: string, wrong: Wrong): Issuer {
  fields(given, ['issuer', 'tokens', 'assertsOrganisations', 'sample'], wrong);
  const { issuer, tokens, assertsOrganisations = false, sample = false } = given;
  if (typeof issuer !== 'string' || !isSafe(issuer))
    throw wrong('issuer must be the https address by which the issuer names itself (`iss`)');
  if (typeof assertsOrganisations !== 'boolean') throw wrong('assertsOrganisations must be true or false');
  if (typeof sample !== 'boolean') throw wrong('sample must be true or false');
  return { issuer, tokens: tokens === undefined ? null : checkOf(tokens, folder, wrong), assertsOrganisations, sample };
}

function checkOf(given: unknown, folder: string, wrong: Wrong): TokenCheck {
  const entry = entryOf(given, () => wrong('tokens must be an object'));
  fields(entry, ['jwks', 'audience', 'algorithms', 'typ'], wrong);
  const { jwks, audience, algorithms = ['RS256'], typ = 'at+jwt' } = entry;
  if (typeof jwks !== 'string' || jwks === '' || (/^[a-z]+:\/\//i.test(jwks) && !isSafe(jwks)))
    throw wrong('tokens.jwks must be an https address or the path of a file');
  if (typeof audience !== 'string' || audience === '') throw wrong('tokens.audience must be the `aud` of its tokens');
  if (typeof typ !== 'string' || typ === '') throw wrong('tokens.typ must be the `typ` of its tokens, such as at+jwt');
  if (
    !Array.isArray(algorithms) ||
    algorithms.length === 0 ||
    !algorithms.every((one) => signatures.includes(one as string))
  )
    throw wrong(`tokens.algorithms must be a list of ${signatures.join(', ')}`);
  const place = isSafe(jwks) ? jwks : resolve(folder, jwks);
  return { jwks: place, audience, algorithms: algorithms as string[], typ };
}

function ruleOf(given: Entry, issuers: ReadonlyMap<string, Issuer>, wrong: Wrong): AccessRule {
  fields(given, ['issuer', 'claims', 'audience', 'organisations', 'organisationsFrom', 'reviewed'], wrong);
  const { issuer, claims = {}, audience, organisations = [], organisationsFrom = null, reviewed } = given;
  const known = issuers.get(String(issuer));
  if (!known)
    throw wrong(`there is no issuer ${JSON.stringify(issuer)} among the issuers; add it, or mend its spelling`);
  if (audience !== 'trusted' && audience !== 'own')
    throw wrong(
      `audience must be "trusted" or "own", not ${JSON.stringify(audience)}; whom no rule names is the public`,
    );
  const named = entryOf(claims, () => wrong('claims must be an object such as {"groups": "analysts"}'));
  if (Object.values(named).some((value) => typeof value !== 'string' || value === ''))
    throw wrong('the value of every claim must be a text');
  if (typeof reviewed !== 'string' || reviewed.trim() === '')
    throw wrong('reviewed must say who agreed to the rule and when, such as "A. Person, 2026-11-30"');
  if (!Array.isArray(organisations) || organisations.some((code) => typeof code !== 'string' || code === ''))
    throw wrong('organisations must be a list of codes such as ["RAA"]');
  if (organisationsFrom !== null && (typeof organisationsFrom !== 'string' || organisationsFrom === ''))
    throw wrong('organisationsFrom must be the name of a claim');
  if (organisationsFrom !== null && !known.assertsOrganisations)
    throw wrong(
      'organisationsFrom needs an issuer with assertsOrganisations: true; name the organisations here instead',
    );
  const names = organisations.length > 0 || organisationsFrom !== null;
  if (audience === 'own' && !names) throw wrong('"own" needs an organisation: add its code to organisations');
  if (audience === 'trusted' && names)
    throw wrong('"trusted" has no organisations: take them out, or make the audience "own"');
  if (Object.keys(named).length === 0 && organisationsFrom === null)
    throw wrong('claims names nothing, so the rule would be for everybody whom the issuer signs in; name a claim');
  return {
    issuer: known.issuer,
    claims: named as Record<string, string>,
    audience,
    organisations: [...new Set(organisations as string[])].sort(),
    organisationsFrom: organisationsFrom as string | null,
  };
}

/** Whether an address cannot be read or changed on its way: https, or this machine. */
export function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

function parse(text: string, wrong: Wrong): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(
      `the whole: it is not JSON (${(cause as Error).message.replace(/^.*?(at position|\bin JSON\b)/, '$1')})`,
    );
  }
}

function entryOf(value: unknown, wrong: () => UnusableFile): Entry {
  if (!value || typeof value !== 'object' || Array.isArray(value)) throw wrong();
  return value as Entry;
}

function fields(entry: Entry, known: readonly string[], wrong: Wrong): void {
  const unknown = Object.keys(entry).find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(`"${unknown}" is not a field; those are ${known.join(', ')}`);
}

/** The entries of a list, each with how to say what is wrong with it and its name, such as "rule 2". */
function listOf(whole: Entry, name: 'issuers' | 'rules', wrong: Wrong): [Wrong, Entry, string][] {
  const list = whole[name] ?? [];
  if (!Array.isArray(list)) throw wrong(`the whole: ${name} must be a list`);
  return list.map((one, index) => {
    const named = `${name.slice(0, -1)} ${index + 1}`;
    const at: Wrong = (what) => wrong(`${named}: ${what}`);
    return [at, entryOf(one, () => at('it must be an object')), named];
  });
}
