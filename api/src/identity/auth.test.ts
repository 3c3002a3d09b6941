import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeTokens } from '../../test/serve.ts';
import { everyone, parseAsker, Tokens } from './auth.ts';

const folder = mkdtempSync(join(tmpdir(), 'ahp-auth-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a token decides the audience and the employer; none is the public', () => {
  const tokens = Tokens.read(writeTokens(folder));
  expect(tokens.askerOf(undefined)).toBe(everyone);
  expect(tokens.askerOf('Bearer trusted-token')).toEqual({ audience: 'trusted', organisation: null });
  expect(tokens.askerOf('bearer own-token')).toEqual({ audience: 'own', organisation: 'RAA' });
});

test('a token that is unknown, expired or malformed is refused', () => {
  const tokens = Tokens.read(writeTokens(folder));
  for (const header of ['Bearer nobody', 'Bearer old-token', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'trusted-token'])
    expect(() => tokens.askerOf(header), header).toThrow(/^(This token|The Authorization header)/);
});

const good = {
  id: 'a',
  sha256: createHash('sha256').update('x').digest('hex'),
  audience: 'own',
  organisation: 'RAA',
  expires: '2030-01-01',
};
const bad: [string, object, RegExp][] = [
  ['no id', { id: '' }, /it has no id/],
  ['a token in the clear', { sha256: 'secret' }, /64 hexadecimal digits/],
  ['the audience public', { audience: 'public' }, /trusted or own/],
  ['own without an organisation', { organisation: undefined }, /own needs an organisation/],
  ['no end', { expires: 'never' }, /ISO date/],
];
test.each(bad)('a tokens file with %s is refused, naming the entry and no secret', (_, change, message) => {
  const path = join(folder, 'bad.json');
  writeFileSync(path, JSON.stringify([good, { ...good, ...change }]));
  expect(() => Tokens.read(path)).toThrow(message);
  expect(() => Tokens.read(path)).toThrow(/entry 2/);
});

test('who asks is read from the command line', () => {
  expect(parseAsker('own:RAA')).toEqual({ audience: 'own', organisation: 'RAA' });
  expect(parseAsker('trusted')).toEqual({ audience: 'trusted', organisation: null });
  for (const text of ['own', 'own:', 'own:../x', 'admin', ''])
    expect(() => parseAsker(text)).toThrow('public, trusted or own:CODE');
});
