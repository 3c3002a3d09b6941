import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trust } from './trust.ts';
import { UnusableRelease } from './unusable-release.ts';

export { UnusableRelease } from './unusable-release.ts';

/** What the api needs of `manifest.json`. */
export interface Manifest {
  version: string;
  state?: string;
  createdAt?: string;
  publishedAt?: string | null;
  withdrawals?: number;
  files: Record<string, { sha256: string; bytes: number }>;
}

const versionShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Whether a text can be the version of a release, and so a folder name; nothing else ever reaches the file system. */
export const isVersion = (text: string) => versionShape.test(text) && !text.includes('..');

/**
 * The manifest of a published release. Throws UnusableRelease when it is absent, malformed, of another release, not to be trusted, withdrawn, or not
 * published; a folder that is a link is none of ours.
 */
export async function readManifest(data: string, version: string, trust: Trust): Promise<Manifest> {
  if (!isVersion(version)) throw new UnusableRelease('the version is not one');
  const folder = join(data, 'releases', version);
  const found = await lstat(folder).catch(() => null);
  if (found?.isSymbolicLink()) throw new UnusableRelease(`release ${version}: its folder is a link to another place`);
  const manifest = await readJson(join(folder, 'manifest.json')).catch((cause) => {
    throw new UnusableRelease(`release ${version} has no readable manifest.json`, { cause });
  });
  const { files, state, version: named } = manifest as Manifest;
  if (!files || typeof files !== 'object') throw new UnusableRelease(`release ${version}: its manifest lists no files`);
  if (named !== version)
    throw new UnusableRelease(`release ${version}: its manifest is that of release ${String(named).slice(0, 64)}`);
  await trust.check(manifest as Manifest);
  if (state !== undefined && state !== 'published')
    throw new UnusableRelease(`release ${version} is ${state}, not published`);
  return manifest as Manifest;
}

/** The version that `releases/current.json` points at, or null when nothing is published yet. */
export async function readCurrent(data: string): Promise<string | null> {
  const current = await readJson(join(data, 'releases', 'current.json')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new UnusableRelease('releases/current.json cannot be read', { cause: error });
  });
  const version = (current as { version?: unknown } | null)?.version ?? null;
  if (version !== null && (typeof version !== 'string' || !isVersion(version)))
    throw new UnusableRelease('releases/current.json names no version');
  return version;
}

/**
 * Checks one file of a release against its manifest: size, then SHA-256. DuckDB opens a file whose end was cut as a shorter,
 * consistent one, so nothing else would notice. Returns the path; throws UnusableRelease.
 */
export async function verifiedFile(data: string, manifest: Manifest, name: string): Promise<string> {
  const expected = manifest.files[name];
  const say = (what: string) => new UnusableRelease(`release ${manifest.version}: ${name} ${what}`);
  if (!expected) throw say('is not in its manifest');
  return checkedFile(join(data, 'releases', manifest.version, name), expected, say);
}

/** The path of a file once it has the size and the SHA-256 that are expected; else throws what `say` makes of the reason. */
export async function checkedFile(
  path: string,
  expected: { sha256: string; bytes: number },
  say: (what: string) => Error,
): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found) throw say('is missing');
  if (found.size !== expected.bytes) throw say(`has ${found.size} bytes where its manifest says ${expected.bytes}`);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  if (hash.digest('hex') !== expected.sha256.toLowerCase()) throw say('does not match the SHA-256 of its manifest');
  return path;
}

export const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
