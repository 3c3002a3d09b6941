import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { appendFileSync, chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSmall, emptyData } from '../../test/small-release.ts';
import { releaseFolder } from './folder.ts';
import { publicKeyFile, signingKey } from './signing-key.ts';
import { verifyManifest, verifyRelease } from './verify.ts';

let data: string;
let remove: () => void;
beforeEach(async () => {
  ({ data, remove } = emptyData());
  await addSmall(data, '1.0.0');
});
afterEach(() => remove());

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });
const pemOf = ({ privateKey }: { privateKey: KeyObject }) =>
  String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

test('the first release makes a key that its owner alone can read, and later ones use it', async () => {
  const path = join(data, 'signing-key.pem');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const before = readFileSync(path, 'utf8');
  await addSmall(data, '1.1.0');
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(readFileSync(publicKeyFile(data), 'utf8')).toMatch(/^-----BEGIN PUBLIC KEY-----/);
});

test('a key that is lost, exposed, of another kind or unknown to readers signs nothing', () => {
  const path = join(data, 'signing-key.pem');
  chmodSync(path, 0o644);
  expect(() => signingKey(data)).toThrow(refused('signing_key_exposed'));
  chmodSync(path, 0o600);
  expect(() => signingKey(data, 'nonsense')).toThrow(refused('signing_key_unreadable'));
  const other = generateKeyPairSync('ed25519');
  expect(() => signingKey(data, pemOf(other))).toThrow(refused('signing_key_unknown'));
  rmSync(path);
  expect(() => signingKey(data)).toThrow(refused('signing_key_missing'));
});

test('a new key takes over once its public half is beside the old one, and old releases still verify', async () => {
  const next = generateKeyPairSync('ed25519');
  appendFileSync(publicKeyFile(data), String(next.publicKey.export({ type: 'spki', format: 'pem' })));
  writeFileSync(join(data, 'signing-key.pem'), pemOf(next), { mode: 0o600 });
  await addSmall(data, '1.1.0');
  expect(verifyManifest(data, '1.0.0').signature!.key).not.toBe(verifyManifest(data, '1.1.0').signature!.key);
});

test('every change of a manifest is noticed', () => {
  const path = join(releaseFolder(data, '1.0.0'), 'manifest.json');
  const whole = readFileSync(path, 'utf8');
  const manifest = JSON.parse(whole);
  const faults: Record<string, string> = {
    manifest_unsigned: JSON.stringify({ ...manifest, signature: undefined }),
    manifest_changed: JSON.stringify({ ...manifest, state: 'withdrawn' }),
    manifest_damaged: whole.slice(0, -40),
  };
  for (const [code, text] of Object.entries(faults)) {
    writeFileSync(path, text);
    expect(() => verifyManifest(data, '1.0.0'), code).toThrow(refused(code));
  }
  writeFileSync(path, whole);
  renameSync(releaseFolder(data, '1.0.0'), releaseFolder(data, '2.0.0'));
  expect(() => verifyManifest(data, '2.0.0')).toThrow(refused('manifest_damaged'));
});

test('every cut, flip, loss and addition of a file is noticed', async () => {
  const path = join(releaseFolder(data, '1.0.0'), 'public.duckdb');
  const whole = readFileSync(path);
  expect(await verifyRelease(data, '1.0.0')).toEqual([]);
  for (let fault = 0; fault < 60; fault += 1) {
    const at = Math.floor((whole.length * fault) / 60);
    const flipped = Buffer.from(whole);
    flipped[at]! ^= 1 << (fault % 8);
    for (const bytes of [flipped, whole.subarray(0, at)]) {
      writeFileSync(path, bytes);
      expect(await verifyRelease(data, '1.0.0')).toHaveLength(1);
    }
  }
  rmSync(path);
  expect(await verifyRelease(data, '1.0.0')).toEqual(['public.duckdb is missing.']);
  writeFileSync(path, whole);
  writeFileSync(join(releaseFolder(data, '1.0.0'), 'more.duckdb'), '');
  expect(await verifyRelease(data, '1.0.0')).toEqual(['more.duckdb does not belong to the release.']);
});
