import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signed } from '@ahp/sql/signed-manifest';
import { withdrawalLine } from '@ahp/sql/withdrawals';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readManifest } from './manifest.ts';
import { Trust } from './trust.ts';

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const files = { 'public.duckdb': { sha256: 'ab', bytes: 1 } };
const manifest = { version: '1.0.0', state: 'published', files };

let data: string;
const inReleases = (...names: string[]) => join(data, 'releases', ...names);
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'trust-'));
  mkdirSync(inReleases('1.0.0'), { recursive: true });
  publish(pemOf(ours));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const write = (content: object, version = '1.0.0') => {
  mkdirSync(inReleases(version), { recursive: true });
  writeFileSync(inReleases(version, 'manifest.json'), JSON.stringify(content));
};
const publish = (pem: string) => writeFileSync(inReleases('public-key.pem'), pem);
const pemOf = ({ publicKey }: typeof ours) => String(publicKey.export({ type: 'spki', format: 'pem' }));
const sign = (content: object, { privateKey }: typeof ours = ours) => signed(content, privateKey);
const read = async (version = '1.0.0', trust?: Trust) => readManifest(data, version, trust ?? (await Trust.of(data)));
const line = (number: number, version: string) =>
  `${withdrawalLine({ number, version, at: '2026-04-01T09:30:00Z', by: 'Ann' }, ours.privateKey)}\n`;
const withdraw = (...lines: string[]) => writeFileSync(inReleases('withdrawn.jsonl'), lines.join(''));

describe('a manifest', () => {
  test('that is signed by one of several known keys is read', async () => {
    publish(pemOf(theirs) + pemOf(ours));
    write(sign(manifest));
    expect((await read()).files).toEqual(files);
  });

  test.each<[string, object]>([
    ['without a signature', manifest],
    ['signed by a stranger', sign(manifest, theirs)],
    ['whose state was changed', { ...sign({ ...manifest, state: 'staged' }), state: 'published' }],
    ['whose hashes were changed', { ...sign(manifest), files: { 'public.duckdb': { sha256: 'cd', bytes: 1 } } }],
  ])('%s is refused', async (_, content) => {
    write(content);
    await expect(read()).rejects.toThrow('release 1.0.0: its manifest is not signed by a known key');
  });

  test('of one release does not make another: a copied folder is refused', async () => {
    write(sign(manifest), '7.0.0');
    await expect(read('7.0.0')).rejects.toThrow('release 7.0.0: its manifest is that of release 1.0.0');
  });

  test('behind a link is refused', async () => {
    write(sign(manifest));
    renameSync(inReleases('1.0.0'), join(data, 'elsewhere'));
    symlinkSync(join(data, 'elsewhere'), inReleases('1.0.0'));
    await expect(read()).rejects.toThrow('its folder is a link');
  });
});

describe('the public key', () => {
  test('must be there and be one', async () => {
    publish('-----BEGIN PUBLIC KEY-----');
    await expect(Trust.of(data)).rejects.toThrow('holds no Ed25519 public key');
    rmSync(inReleases('public-key.pem'));
    await expect(Trust.of(data)).rejects.toThrow(/public-key\.pem cannot be read.*--public-key/);
  });

  test('is that of the start: what is put there later, or taken away, changes nothing', async () => {
    const trust = await Trust.of(data);
    publish(pemOf(theirs));
    write(sign(manifest));
    expect((await read('1.0.0', trust)).version).toBe('1.0.0');
    rmSync(inReleases('public-key.pem'));
    write(sign(manifest, theirs));
    await expect(read('1.0.0', trust)).rejects.toThrow('not signed by a known key');
  });

  test('may be named by the configuration, and then the one in the folder counts for nothing', async () => {
    const pinned = join(data, 'pinned.pem');
    writeFileSync(pinned, pemOf(theirs));
    write(sign(manifest));
    await expect(read('1.0.0', await Trust.of(data, pinned))).rejects.toThrow('not signed by a known key');
  });
});

describe('a withdrawn release', () => {
  test('stays withdrawn when its old manifest is put back', async () => {
    write(sign(manifest));
    withdraw(line(1, '1.0.0'));
    await expect(read()).rejects.toThrow('release 1.0.0: it was withdrawn');
  });

  test('stays withdrawn when the list is cut: what was signed since counts its lines, and so does a running api', async () => {
    write(sign({ ...manifest, version: '1.1.0', withdrawals: 1 }), '1.1.0');
    await expect(read('1.1.0')).rejects.toThrow('withdrawn.jsonl has 0 of 1 lines');
    withdraw(line(1, '1.0.0'));
    const trust = await Trust.of(data);
    expect((await read('1.1.0', trust)).version).toBe('1.1.0');
    rmSync(inReleases('withdrawn.jsonl'));
    write(sign(manifest));
    await expect(read('1.0.0', trust)).rejects.toThrow('it was withdrawn');
  });

  test('is not undone by a changed list', async () => {
    write(sign(manifest));
    withdraw(line(1, '1.0.0').replace('1.0.0', '9.0.0'));
    await expect(read()).rejects.toThrow('line 1 of releases/withdrawn.jsonl was changed');
  });
});
