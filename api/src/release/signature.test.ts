import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signed } from '@ahp/sql/signed-manifest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readManifest, UnusableRelease } from './manifest.ts';

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const manifest = { version: '1.0.0', state: 'published', files: { 'public.duckdb': { sha256: 'ab', bytes: 1 } } };

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'signature-'));
  mkdirSync(join(data, 'releases', '1.0.0'), { recursive: true });
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const write = (content: object) =>
  writeFileSync(join(data, 'releases', '1.0.0', 'manifest.json'), JSON.stringify(content));
const publish = (pem: string) => writeFileSync(join(data, 'releases', 'public-key.pem'), pem);
const pemOf = ({ publicKey }: typeof ours) => String(publicKey.export({ type: 'spki', format: 'pem' }));

test('a manifest signed by a known key is read', async () => {
  publish(pemOf(theirs) + pemOf(ours));
  write(signed(manifest, ours.privateKey));
  expect((await readManifest(data, '1.0.0')).files).toEqual(manifest.files);
});

test.each<[string, object]>([
  ['without a signature', manifest],
  ['signed by a stranger', signed(manifest, theirs.privateKey)],
  ['whose state was changed', { ...signed({ ...manifest, state: 'staged' }, ours.privateKey), state: 'published' }],
  [
    'whose hashes were changed',
    { ...signed(manifest, ours.privateKey), files: { 'public.duckdb': { sha256: 'cd', bytes: 1 } } },
  ],
])('a manifest %s is refused once the folder has a public key', async (_, content) => {
  write(content);
  await expect(readManifest(data, '1.0.0')).resolves.toMatchObject({ version: '1.0.0' });
  publish(pemOf(ours));
  await expect(readManifest(data, '1.0.0')).rejects.toThrow(UnusableRelease);
  await expect(readManifest(data, '1.0.0')).rejects.toThrow('release 1.0.0: its manifest is not signed by a key');
});

test('a public key that is none refuses everything', async () => {
  write(signed(manifest, ours.privateKey));
  publish('-----BEGIN PUBLIC KEY-----');
  await expect(readManifest(data, '1.0.0')).rejects.toThrow('holds no key');
});
