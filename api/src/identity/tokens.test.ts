import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startIssuer, type TestIssuer } from '../../test/issuer.ts';
import { readAccess } from './access-file.ts';
import { askerOfClaims } from './access-rules.ts';
import { everyone, ownOf, trusted } from './asker.ts';
import { dashboardToken } from './dashboard-token.ts';
import { SignedTokens } from './signed-tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'ahp-tokens-'));
const dashboardKey = new Uint8Array(32).fill(7);
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(async () => {
  await issuer.close();
  rmSync(folder, { recursive: true });
});

const until = { timeout: 5000, interval: 5 };
const reviewed = 'A. Person, 2026-11-30';
const table = () => ({
  issuers: [
    {
      issuer: issuer.url,
      tokens: { jwks: issuer.jwks, audience: 'ahp-api', algorithms: ['ES256'] },
      assertsOrganisations: true,
    },
    { issuer: 'https://other.example', tokens: { jwks: issuer.jwks, audience: 'ahp-api', algorithms: ['RS256'] } },
    { issuer: 'https://people.example' },
  ],
  rules: [
    { issuer: issuer.url, claims: { groups: 'analysts' }, audience: 'trusted', reviewed },
    { issuer: issuer.url, claims: { groups: 'alder' }, audience: 'own', organisations: ['RAA'], reviewed },
    {
      issuer: issuer.url,
      claims: { groups: 'beech', role: 'lead' },
      audience: 'own',
      organisations: ['RBB'],
      reviewed,
    },
    { issuer: issuer.url, audience: 'own', organisationsFrom: 'ods', reviewed },
    { issuer: 'https://people.example', claims: { groups: 'analysts' }, audience: 'trusted', reviewed },
  ],
});
const write = (content: object, name = 'access.json') => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return path;
};
let open: SignedTokens[] = [];
afterEach(() => {
  for (const tokens of open) tokens.close();
  open = [];
});
const tokensOf = (options: ConstructorParameters<typeof SignedTokens>[1] = {}, path = write(table())) => {
  const tokens = new SignedTokens(path, { dashboardKey, poll: 5, ...options });
  open.push(tokens);
  return tokens;
};

describe('the table of access', () => {
  const mapped: [string, object, object][] = [
    ['a group is an analyst', { groups: 'analysts' }, trusted],
    ['a list that has the group is one too', { groups: ['staff', 'analysts'] }, trusted],
    ['two rules give two employers', { groups: ['alder', 'beech'], role: 'lead' }, ownOf(['RAA', 'RBB'])],
    ['every claim of a rule counts', { groups: ['alder', 'beech'], role: 'clerk' }, ownOf(['RAA'])],
    ['an issuer that may names the employers itself', { ods: ['RCC', 'RDD'] }, ownOf(['RCC', 'RDD'])],
    ['the first rule that is met decides the audience', { groups: ['alder', 'analysts'] }, trusted],
    ['nobody whom no rule names is more than the public', { groups: 'Analysts', role: 'lead' }, everyone],
    ['what is no text is nothing', { groups: { analysts: true }, ods: [1, null, ''] }, everyone],
    ['what every object inherits is no claim', { constructor: 'x' }, everyone],
  ];
  test.each(mapped)('%s', (_, claims, asker) => {
    const access = readAccess(write(table()));
    expect(askerOfClaims(access, issuer.url, claims as Record<string, unknown>)).toEqual(asker);
    expect(askerOfClaims(access, 'https://other.example', claims as Record<string, unknown>)).toBe(everyone);
  });

  const rule = { issuer: 'https://a.example', claims: { groups: 'x' }, audience: 'trusted', reviewed };
  const bad: [string, object, RegExp][] = [
    [
      'rules for an issuer that is not there',
      { rules: [{ ...rule, issuer: 'https://b.example' }] },
      /rule 1: there is no issuer "https:\/\/b\.example"/,
    ],
    [
      'an audience that there is not',
      { rules: [{ ...rule, audience: 'admin' }] },
      /rule 1: audience must be "trusted" or "own", not "admin"/,
    ],
    ['a rule that nobody reviewed', { rules: [{ ...rule, reviewed: '' }] }, /rule 1: reviewed must say who/],
    ['a rule for everybody', { rules: [{ ...rule, claims: {} }] }, /rule 1: claims names nothing/],
    ['own without employers', { rules: [{ ...rule, audience: 'own' }] }, /rule 1: "own" needs an organisation/],
    [
      'employers for trusted',
      { rules: [{ ...rule, organisations: ['RAA'] }] },
      /rule 1: "trusted" has no organisations/,
    ],
    [
      'employers said by an issuer that may not',
      { rules: [{ ...rule, audience: 'own', organisationsFrom: 'ods' }] },
      /assertsOrganisations: true/,
    ],
    ['the same rule twice', { rules: [rule, rule] }, /rule 2: rule 1 has the same/],
    ['a misspelt field', { rules: [{ ...rule, organisation: 'RAA' }] }, /rule 1: "organisation" is not a field/],
    [
      'the same issuer twice',
      { issuers: [{ issuer: 'https://a.example' }, { issuer: 'https://a.example' }] },
      /issuer 2: .*is there already/,
    ],
    [
      'an issuer without https',
      { issuers: [{ issuer: 'http://a.example' }] },
      /issuer 1: issuer must be the https address/,
    ],
    [
      'keys from an address without https',
      { issuers: [{ issuer: 'https://a.example', tokens: { jwks: 'http://a.example/jwks', audience: 'x' } }] },
      /issuer 1: tokens\.jwks/,
    ],
    [
      'the sample’s people beside real ones',
      { issuers: [{ issuer: 'https://a.example', sample: true }, { issuer: 'https://b.example' }] },
      /must be the only one/,
    ],
    [
      'shared secrets as signatures',
      { issuers: [{ issuer: 'https://a.example', tokens: { jwks: 'a.json', audience: 'x', algorithms: ['HS256'] } }] },
      /tokens\.algorithms/,
    ],
    [
      'no signature as one',
      { issuers: [{ issuer: 'https://a.example', tokens: { jwks: 'a.json', audience: 'x', algorithms: ['none'] } }] },
      /tokens\.algorithms/,
    ],
  ];
  test.each(bad)('with %s is refused, naming file, entry and remedy', (_, change, message) => {
    const path = write({ issuers: [{ issuer: 'https://a.example' }], rules: [], ...change }, 'bad.json');
    expect(() => readAccess(path)).toThrow(message);
    expect(() => readAccess(path)).toThrow(path);
  });

  test('that is no JSON, or names an employer of which the release has nothing, is refused at the start', () => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, '{"issuers": [', { mode: 0o600 });
    expect(() => readAccess(path)).toThrow('it is not JSON');
    expect(() => tokensOf({ isKnown: (code) => code !== 'RBB' })).toThrow(
      'rule 3: the current release has no organisation "RBB"',
    );
  });

  test('is taken up while it is in use, for tokens too that were checked before', async () => {
    const log: object[] = [];
    const tokens = tokensOf({ log: (line) => log.push(line) });
    const token = await issuer.sign({ groups: 'analysts' });
    expect(await tokens.askerOf(token)).toEqual(trusted);
    write({ ...table(), rules: [] });
    await vi.waitFor(async () => expect(await tokens.askerOf(token)).toBe(everyone), until);
    writeFileSync(join(folder, 'access.json'), 'oops');
    await vi.waitFor(() => expect(log.at(-1)).toMatchObject({ event: 'access refused' }), until);
    expect(await tokens.askerOf(token)).toBe(everyone);
  });
});

describe('a token', () => {
  const now = Math.floor(Date.now() / 1000);
  const analyst = { groups: 'analysts' };
  const attacks: [string, () => Promise<string>][] = [
    ['of an issuer that is not known', () => issuer.sign({ iss: 'https://nobody.example' })],
    [
      'of an issuer whose people come through the dashboard alone',
      () => issuer.sign({ iss: 'https://people.example', ...analyst }),
    ],
    ['without an issuer', () => issuer.sign({ iss: undefined, ...analyst })],
    ['of another issuer, signed with a good key', () => issuer.sign({ iss: 'https://other.example' })],
    ['for another service', () => issuer.sign({ aud: 'https://elsewhere.example', ...analyst })],
    ['for no service', () => issuer.sign({ aud: undefined, ...analyst })],
    ['that has expired', () => issuer.sign({ exp: now - 60, ...analyst })],
    ['without an end', () => issuer.sign({ exp: undefined, ...analyst })],
    ['whose end is a text', () => issuer.sign({ exp: 'never', ...analyst })],
    ['that does not hold yet', () => issuer.sign({ nbf: now + 60, ...analyst })],
    ['of nobody', () => issuer.sign({ sub: undefined, ...analyst })],
    ['that is an identity token', () => issuer.sign(analyst, { typ: 'JWT' })],
    ['of no type', () => issuer.sign(analyst, { typ: undefined })],
    ['with a key that is not published', () => issuer.sign(analyst, { kid: 'another' })],
    [
      'with an extension that must be understood',
      () => issuer.sign(analyst, { crit: ['x'], x: 1 }).catch(() => issuer.sign(analyst, { typ: 'x' })),
    ],
    ['that is not signed', async () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(await claimsOf(analyst))}.`],
    ['that says it is not signed', async () => altered(await issuer.sign(analyst), { alg: 'none', typ: 'at+jwt' })],
    ['signed with the public key as a secret', () => withPublicKeyAsSecret(analyst)],
    ['that brings its own key', () => withItsOwnKey(analyst)],
    ['whose content was changed', async () => withContent(await issuer.sign({}), await claimsOf(analyst))],
    ['whose signature was cut', async () => (await issuer.sign(analyst)).slice(0, -8)],
    ['whose signature is empty', async () => (await issuer.sign(analyst)).replace(/[^.]+$/, '')],
    ['whose header is no JSON', async () => (await issuer.sign(analyst)).replace(/^[^.]+/, 'e30x')],
    ['of three parts that are nothing', async () => 'a.b.c'],
    [
      'of the dashboard, signed by an issuer',
      () => issuer.sign({ iss: dashboardToken.issuer, reader: readerOf(analyst) }, { typ: dashboardToken.typ }),
    ],
    ['of the dashboard, with another key', () => fromDashboard(readerOf(analyst), {}, new Uint8Array(32).fill(8))],
    ['of the dashboard, of a type for something else', () => fromDashboard(readerOf(analyst), { typ: 'at+jwt' })],
    [
      'of the dashboard, older than a minute',
      () => fromDashboard(readerOf(analyst), { iat: now - 120, exp: now + 600 }),
    ],
    ['of the dashboard, without a reader', () => fromDashboard(undefined)],
    ['of the dashboard, for something else', () => fromDashboard(readerOf(analyst), { aud: 'another' })],
  ];
  test.each(attacks)('%s is refused in a sentence that gives nothing away', async (_, made) => {
    const token = await made();
    await expect(tokensOf().askerOf(token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(/^This (token|service)/),
    });
    await expect(tokensOf().askerOf(token)).rejects.not.toMatchObject({
      message: expect.stringContaining(token.slice(0, 10)),
    });
  });

  test('that holds is checked once, and no longer taken when it has expired', async () => {
    const tokens = tokensOf();
    const token = await issuer.sign({ ...analyst, exp: Math.floor(Date.now() / 1000) + 1 });
    expect(await tokens.askerOf(token)).toEqual(trusted);
    vi.useFakeTimers({ now: Date.now() + 7_000, toFake: ['Date'] });
    try {
      await expect(tokens.askerOf(token)).rejects.toThrow('has expired');
    } finally {
      vi.useRealTimers();
    }
  });

  test('of the dashboard stands for its reader', async () => {
    const tokens = tokensOf();
    expect(await tokens.askerOf(await fromDashboard(readerOf(analyst)))).toEqual(trusted);
    expect(
      await tokens.askerOf(await fromDashboard({ ...readerOf(analyst), issuer: 'https://people.example' })),
    ).toEqual(trusted);
    expect(await tokens.askerOf(await fromDashboard({ ...readerOf(analyst), issuer: 'https://nobody.example' }))).toBe(
      everyone,
    );
    await expect(tokensOf({ dashboardKey: null }).askerOf(await fromDashboard(readerOf(analyst)))).rejects.toThrow(
      'shares no key',
    );
  });

  test('of the sample’s people is refused while the figures are of real ones', async () => {
    const issuer = 'https://sample.example';
    const rules = [{ issuer, claims: { groups: 'analysts' }, audience: 'trusted', reviewed }];
    const path = write({ issuers: [{ issuer, sample: true }], rules }, 'sample.json');
    const token = await fromDashboard({ ...readerOf(analyst), issuer });
    expect(await tokensOf({ isSample: async () => true }, path).askerOf(token)).toEqual(trusted);
    await expect(tokensOf({ isSample: async () => false }, path).askerOf(token)).rejects.toThrow(
      'somebody of the sample',
    );
    expect([tokensOf({}, path).hasSample, tokensOf().hasSample]).toEqual([true, false]);
  });

  test('whose keys are in a file is checked too', async () => {
    const content = table();
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: issuer.publicKeys() }));
    content.issuers[0]!.tokens!.jwks = 'keys.json';
    expect(await tokensOf({}, write(content)).askerOf(await issuer.sign(analyst))).toEqual(trusted);
  });
});

describe('the keys of an issuer', () => {
  test('may be changed: a new one is found, one that was taken back is refused, and unknown ones cause no flood', async () => {
    const tokens = tokensOf({ times: { cooldown: 60_000 } });
    await issuer.rotate(false);
    expect(await tokens.askerOf(await issuer.sign({ groups: 'analysts' }))).toEqual(trusted);
    const before = issuer.reads();
    for (let i = 0; i < 50; i += 1)
      await expect(tokens.askerOf(await issuer.sign({ n: i }, { kid: `unknown-${i}` }))).rejects.toThrow(
        'cannot be verified',
      );
    expect(issuer.reads() - before).toBeLessThanOrEqual(1);

    const quick = tokensOf({ times: { cooldown: 0 } });
    const old = await issuer.sign({ groups: 'analysts', n: 1 });
    const later = await issuer.sign({ groups: 'analysts', n: 2 });
    expect(await quick.askerOf(old)).toEqual(trusted);
    await issuer.rotate(false);
    expect(await quick.askerOf(await issuer.sign({ groups: 'analysts' }))).toEqual(trusted);
    await expect(quick.askerOf(later)).rejects.toThrow('cannot be verified');
  });

  test('hold for a while when the issuer does not answer; then its tokens are refused as not to be checked', async () => {
    const tokens = tokensOf({ times: { refreshAfter: 0, cooldown: 0, keepFor: 60_000 } });
    expect(await tokens.askerOf(await issuer.sign({ groups: 'analysts', n: 1 }))).toEqual(trusted);
    issuer.answer(false);
    try {
      expect(await tokens.askerOf(await issuer.sign({ groups: 'analysts', n: 2 }))).toEqual(trusted);
      const token = await issuer.sign({ groups: 'analysts', n: 3 });
      await expect(tokensOf({ times: { cooldown: 0 } }).askerOf(token)).rejects.toMatchObject({
        code: 'IDENTITY_UNAVAILABLE',
      });
      const brief = tokensOf({ times: { refreshAfter: 0, cooldown: 0, keepFor: -1 } });
      await expect(brief.askerOf(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    } finally {
      issuer.answer(true);
    }
  });
});

const part = (value: object) => base64url.encode(JSON.stringify(value));
const claimsOf = async (claims: object) =>
  JSON.parse(atob((await issuer.sign(claims)).split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as object;
const altered = (token: string, header: object) => token.replace(/^[^.]+/, part(header));
const withContent = (token: string, claims: object) => token.replace(/\.[^.]+\./, `.${part(claims)}.`);
const readerOf = (claims: object) => ({ issuer: issuer.url, subject: 'somebody', claims });

async function withPublicKeyAsSecret(claims: object): Promise<string> {
  const [jwk] = issuer.publicKeys();
  const key = (await importJWK({ ...jwk!, ext: true }, 'ES256')) as Parameters<typeof exportSPKI>[0];
  const secret = new TextEncoder().encode(await exportSPKI(key));
  return new SignJWT({ ...(await claimsOf(claims)) })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: jwk!.kid })
    .sign(secret);
}

async function withItsOwnKey(claims: object): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const header = { alg: 'ES256', typ: 'at+jwt', jwk: await exportJWK(publicKey) };
  return new SignJWT({ ...(await claimsOf(claims)) }).setProtectedHeader(header).sign(privateKey);
}

function fromDashboard(
  reader: object | undefined,
  change: { typ?: string; iat?: number; exp?: number; aud?: string } = {},
  key = dashboardKey,
) {
  const { issuer: iss, audience, typ, algorithm } = dashboardToken;
  const now = Math.floor(Date.now() / 1000);
  const { typ: otherType = typ, ...claims } = change;
  return new SignJWT({ iss, aud: audience, iat: now, exp: now + 60, ...(reader ? { reader } : {}), ...claims })
    .setProtectedHeader({ alg: algorithm, typ: otherType })
    .sign(key);
}
