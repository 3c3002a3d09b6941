import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { keys, writeKeys } from '../../test/serve.ts';
import { newKey } from './api-key.ts';
import { everyone, ownOf, parseAsker } from './asker.ts';
import { bearerOf } from './bearer.ts';
import { endOfDay } from './day.ts';
import { Identities } from './identities.ts';
import { KeyRing } from './key-ring.ts';
import { keysCommand } from './keys-command.ts';
import { readKeys } from './keys-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'ahp-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a key decides the audience and the employers; none is the public', async () => {
  const identities = new Identities({ keys: new KeyRing(writeKeys(folder)) });
  expect(await identities.askerOf(undefined)).toBe(everyone);
  expect(await identities.askerOf(`Bearer ${keys.trusted}`)).toEqual({ audience: 'trusted', organisations: [] });
  expect(await identities.askerOf(`bearer ${keys.own}`)).toEqual({ audience: 'own', organisations: ['RAA'] });
  expect(await identities.askerOf(`Bearer ${keys.two}`)).toEqual({ audience: 'own', organisations: ['RAA', 'RBB'] });
  const altered = `${keys.trusted.slice(0, -1)}x`;
  for (const header of [keys.expired, keys.revoked, 'nobody', altered, `${keys.trusted}x`].map(
    (key) => `Bearer ${key}`,
  ))
    await expect(identities.askerOf(header), header).rejects.toThrow(
      /^This key (is not known|has expired|has been revoked)/,
    );
  identities.close();
});

test('a header that is no bearer is refused', () => {
  for (const header of ['Bearer ', 'Basic YTpi', 'Bearer a b', keys.trusted, `Bearer ${'x'.repeat(9000)}`])
    expect(() => bearerOf(header), header).toThrow('The Authorization header must be');
});

test('a key holds to the end of its last day in UTC', () => {
  const ring = new KeyRing(writeKeys(folder));
  const last = Date.parse('2020-12-31T23:59:59.999Z');
  expect(ring.askerOf(keys.expired, last).audience).toBe('trusted');
  expect(() => ring.askerOf(keys.expired, last + 1)).toThrow('its last day was 2020-12-31');
  ring.close();
});

test.each([
  '2026-02-29',
  '2026-13-01',
  '2027-3-31',
  '31/03/2027',
  '2027-03-31T00:00:00Z',
  ' 2027-03-31',
  '2027',
  'never',
  '',
  null,
  20270331,
])('%s is no day', (text) => expect(endOfDay(text)).toBeNull());

const good = {
  id: '0000000a',
  label: 'a',
  owner: 'b',
  sha256: createHash('sha256').update('x').digest('hex'),
  audience: 'own',
  organisations: ['RAA'],
  created: '2026-01-01',
  expires: '2030-01-01',
};
const other = { id: '0000000b', sha256: createHash('sha256').update('y').digest('hex') };
const bad: [string, unknown, RegExp][] = [
  ['an id of another form', { ...other, id: 'analyst' }, /eight hexadecimal digits/],
  ['a key in the clear', { ...other, sha256: newKey().key }, /64 hexadecimal digits/],
  ['the audience public', { ...other, audience: 'public' }, /"trusted" or "own", not "public"/],
  ['an audience that there is not', { ...other, audience: 'admin' }, /"trusted" or "own", not "admin"/],
  ['own without an organisation', { ...other, organisations: [] }, /"own" needs an organisation/],
  ['organisations that are no list', { ...other, organisations: 'RAA' }, /a list of codes/],
  ['trusted with an organisation', { ...other, audience: 'trusted' }, /take them out/],
  ['no end', { ...other, expires: 'never' }, /expires must be a day such as 2027-03-31, not "never"/],
  ['an end with a time', { ...other, expires: '2030-01-01T12:00' }, /expires must be a day/],
  ['no owner', { ...other, owner: ' ' }, /owner must say something/],
  ['a misspelt field', { ...other, organisation: 'RAA' }, /"organisation" is not a field/],
  ['the same id twice', { sha256: other.sha256 }, /the id "0000000a" is there already; take one/],
  ['the same key twice', { id: other.id }, /the same key is on line 1 already; take one/],
];
test.each(bad)('a file with %s is refused, naming file, line and remedy, and no secret', (_, change, message) => {
  const path = join(folder, 'bad.jsonl');
  writeFileSync(path, `${JSON.stringify(good)}\n\n${JSON.stringify({ ...good, ...(change as object) })}\n`, {
    mode: 0o600,
  });
  expect(() => readKeys(path)).toThrow(message);
  expect(() => readKeys(path)).toThrow(`${path}, line 3: `);
  expect(() => readKeys(path)).not.toThrow(/ahp_/);
});

test('a file with a line that is no JSON, or an end of a key that there is not, is refused', () => {
  const path = join(folder, 'bad.jsonl');
  for (const [text, message] of [
    ['{', /line 1: it is not a JSON object/],
    ['[]', /line 1: it is not a JSON object/],
    ['{"revoke":"0000000a","on":"2026-01-01"}', /there is no key "0000000a" above it/],
    [`${JSON.stringify(good)}\n{"revoke":"0000000a","on":"soon"}`, /line 2: on must be a day/],
  ] as const) {
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => readKeys(path), text).toThrow(message);
  }
});

test.each([0o604, 0o620, 0o602, 0o644, 0o666])(
  'a file of mode %o is refused with the command that mends it',
  (mode) => {
    const path = writeKeys(folder);
    chmodSync(path, mode);
    expect(() => new KeyRing(path)).toThrow(`run \`chmod 600 ${path}\``);
    chmodSync(path, 0o640);
    new KeyRing(path).close();
  },
);

test('a key in use that names an organisation of which the release has nothing is refused at the start', () => {
  const path = writeKeys(folder);
  expect(() => new KeyRing(path, { isKnown: (code) => code === 'RAA' })).toThrow(
    /key 00000003 \(Alder and Beech\): the current release has no organisation "RBB"; .*keys revoke 00000003/,
  );
  appendFileSync(path, '{"revoke":"00000003","on":"2026-01-01"}\n');
  new KeyRing(path, { isKnown: (code) => code === 'RAA' }).close();
});

test('keys are taken up and ended while they are in use; a damaged file changes nothing and is logged, a missing one ends all', async () => {
  const path = join(folder, 'later.jsonl');
  const log: object[] = [];
  const ring = new KeyRing(path, { poll: 5, log: (line) => log.push(line) });
  const { id, key, sha256 } = newKey();
  const until = { timeout: 5000, interval: 5 };
  expect(() => ring.askerOf(key)).toThrow('not known');
  writeFileSync(path, `${JSON.stringify({ ...good, id, sha256 })}\n`, { mode: 0o600 });
  await vi.waitFor(() => expect(ring.askerOf(key)).toEqual(ownOf(['RAA'])), until);
  appendFileSync(path, '{"oops\n');
  await vi.waitFor(
    () => expect(log).toContainEqual({ event: 'keys refused', reason: expect.stringContaining('line 2') }),
    until,
  );
  expect(ring.askerOf(key)).toEqual(ownOf(['RAA']));
  writeFileSync(
    path,
    `${JSON.stringify({ ...good, id, sha256 })}\n${JSON.stringify({ revoke: id, on: '2026-01-01' })}\n`,
  );
  await vi.waitFor(() => expect(() => ring.askerOf(key)).toThrow('has been revoked'), until);
  rmSync(path);
  await vi.waitFor(() => expect(() => ring.askerOf(key)).toThrow('not known'), until);
  ring.close();
});

test('the last use of a key is kept beside the file', () => {
  const path = writeKeys(mkdtempSync(join(folder, 'used-')));
  const ring = new KeyRing(path);
  ring.askerOf(keys.own, Date.parse('2026-12-01T09:30:59Z'));
  ring.close();
  expect(JSON.parse(readFileSync(`${path}.used`, 'utf8'))).toEqual({ '00000002': '2026-12-01T09:30Z' });
});

test('who asks is read from the command line', () => {
  expect(parseAsker('own:RAA')).toEqual({ audience: 'own', organisations: ['RAA'] });
  expect(parseAsker('own:RBB,RAA,RBB')).toEqual({ audience: 'own', organisations: ['RAA', 'RBB'] });
  expect(parseAsker('trusted')).toEqual({ audience: 'trusted', organisations: [] });
  for (const text of ['own', 'own:', 'own:../x', 'own:RAA,', 'admin', ''])
    expect(() => parseAsker(text)).toThrow('public, trusted or own:CODE');
});

test('the commands refuse what cannot be, and say what to do', async () => {
  const path = join(folder, 'made.jsonl');
  const run = async (...words: string[]) => {
    let told = '';
    const command = keysCommand({ say: (text) => (told = text), refuse: (reason) => (told = `refused: ${reason}`) });
    for (const part of command.commands) part.configureOutput({ writeErr: (text) => (told = text) });
    await command.parseAsync([...words, '--keys', path], { from: 'user' }).catch(() => {});
    return told;
  };
  const add = (...words: string[]) => run('add', '--label', 'a', '--owner', 'b', ...words);
  expect(await add('--audience', 'public')).toMatch(/^refused: --audience must be trusted or own/);
  expect(await add('--audience', 'own')).toMatch(/^refused: .*add --organisation CODE/);
  expect(await add('--audience', 'trusted', '--organisation', 'RAA')).toMatch(/^refused: .*leave --organisation out/);
  expect(await add('--audience', 'trusted', '--expires', '2026-02-30')).toMatch(/^refused: .*must be a day such as/);
  expect(await add('--audience', 'trusted', '--expires', '2020-01-01')).toMatch(/^refused: .*is over already/);
  expect(await run('add', '--label', 'a', '--audience', 'trusted')).toMatch(/required option '--owner/);
  expect(await run('revoke', '0000000a')).toMatch(/^refused: there is no key "0000000a"/);
  expect(await run('list')).toContain('There are no keys');
  const [key, id] = /ahp_([0-9a-f]{8})_[\w-]{43}/.exec(await add('--audience', 'trusted', '--expires', '2090-01-01'))!;
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).not.toContain(key!.slice(13));
  expect(await run('revoke', key!)).toContain(`Key ${id} (a) is revoked`);
  expect(await run('revoke', id!)).toMatch(/^refused: .*revoked on .* already/);
  expect(await run('list')).toMatch(new RegExp(`${id}  revoked \\d{4}-\\d{2}-\\d{2}  trusted`));
});
