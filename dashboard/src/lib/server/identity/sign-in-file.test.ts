import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readSignIn } from './sign-in-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'ahp-sign-in-file-'));
const path = join(folder, 'sign-in.json');
afterAll(() => rmSync(folder, { recursive: true }));
const write = (text: string, mode = 0o600) => {
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

const good = { id: 'nhs', label: 'NHS', issuer: 'https://login.example', clientId: 'a', clientSecret: 's3cret' };

it('reads several issuers, each with what it leaves out', () => {
  const other = {
    id: 'scot',
    label: 'Scotland',
    issuer: 'https://accounts.example',
    clientId: 'b',
    claims: ['boards'],
  };
  expect(readSignIn(write(JSON.stringify({ issuers: [good, other] })))).toEqual([
    { ...good, scope: 'openid profile', claims: [], personas: null },
    { ...other, clientSecret: null, scope: 'openid profile', personas: null },
  ]);
});

it.each<[string, object[], RegExp]>([
  ['no issuer', [], /the whole: issuers must be a list of at least one/],
  ['a name that cannot be in an address', [{ ...good, id: 'N/H' }], /issuer 1: id must be small letters/],
  ['no label', [{ ...good, label: '' }], /issuer 1: label must be a text/],
  [
    'an issuer without https',
    [{ ...good, issuer: 'http://login.example' }],
    /issuer 1: issuer must be its https address/,
  ],
  ['a scope that asks for no identity', [{ ...good, scope: 'profile' }], /issuer 1: scope must hold openid/],
  ['claims that are no list', [{ ...good, claims: 'groups' }], /issuer 1: claims must be a list/],
  ['a misspelt field', [{ ...good, secret: 'x' }], /issuer 1: "secret" is not a field/],
  ['the same name twice', [good, { ...good, issuer: 'https://b.example' }], /issuer 2: the id nhs is there already/],
  [
    'the same issuer twice',
    [good, { ...good, id: 'b' }],
    /issuer 2: the issuer https:\/\/login\.example is there already/,
  ],
  [
    'the sample beside a real issuer',
    [good, { ...good, id: 'b', issuer: 'http://127.0.0.1:9', personas: [] }],
    /the sample’s provider must be the only issuer/,
  ],
])('refuses a file with %s, naming file, entry and remedy and no secret', (_, issuers, message) => {
  write(JSON.stringify({ issuers }));
  expect(() => readSignIn(path)).toThrow(message);
  expect(() => readSignIn(path)).toThrow(path);
  expect(() => readSignIn(path)).not.toThrow(/s3cret/);
});

it('refuses a file that others may read, that is no JSON, or that is not there', () => {
  expect(() => readSignIn(write('{}', 0o644))).toThrow(`run \`chmod 600 ${path}\``);
  expect(() => readSignIn(write('{'))).toThrow('it is not JSON');
  expect(() => readSignIn(join(folder, 'none.json'))).toThrow('does not exist');
});
