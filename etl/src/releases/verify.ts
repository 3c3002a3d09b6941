import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isSigned } from '@ahp/sql/signed-manifest';
import { Refusal } from '../refusal.ts';
import { readManifest, releaseFolder, releasesFolder } from './folder.ts';
import { sha256Of, type Manifest } from './manifest.ts';
import { filesIn, privateFolder, readPrivatePart, type PrivatePart } from './private-part.ts';
import { publicKeys } from './signing-key.ts';
import { withdrawnFrom } from './withdrawn.ts';

/**
 * The manifest of a release once its signature has been checked by the folder's public keys.
 * Throws Refusal `no_such_release`, `manifest_damaged`, `manifest_unsigned`, `manifest_changed` or `withdrawn`.
 */
export function verifyManifest(data: string, version: string): Manifest {
  const manifest = readManifest(data, version);
  if (!manifest.signature)
    throw new Refusal(
      'manifest_unsigned',
      `release ${version} is not signed: it cannot be told from a changed one. Build it again.`,
    );
  if (!isSigned(manifest, publicKeys(data)))
    throw new Refusal(
      'manifest_changed',
      `the manifest of release ${version} does not match its signature: it was changed after it was signed. Put the folder back from a backup, or build again.`,
    );
  if (manifest.state === 'published' && withdrawnFrom(releasesFolder(data)).versions.has(version))
    throw new Refusal(
      'withdrawn',
      `release ${version} was withdrawn, and its manifest says that it was not: it is never served again. Build again for a new one.`,
    );
  return manifest;
}

/**
 * All that is wrong with a release, in sentences: its signature, that of its private part, and every file of both against size and SHA-256.
 * Empty when it is whole.
 */
export async function verifyRelease(data: string, version: string): Promise<string[]> {
  try {
    const { files, createdAt } = verifyManifest(data, version);
    const part = verifyPrivatePart(data, version, createdAt);
    return [
      ...(await problemsOf(releaseFolder(data, version), files, ['manifest.json'])),
      // The auditor’s report may be made again long after the release was signed.
      ...(await problemsOf(privateFolder(data, version), part.files, ['manifest.json', 'audit.json'])),
    ];
  } catch (error) {
    if (error instanceof Refusal) return [error.message];
    throw error;
  }
}

function verifyPrivatePart(data: string, version: string, createdAt: string): PrivatePart {
  const part = readPrivatePart(data, version);
  if (isSigned(part, publicKeys(data)) && part.createdAt === createdAt) return part;
  throw new Refusal(
    'private_part_changed',
    `the private part of release ${version} is not the one that was made with it: put private/${version} back from a backup, or build again.`,
  );
}

async function problemsOf(
  folder: string,
  files: Readonly<Record<string, { sha256: string; bytes: number }>>,
  alsoThere: readonly string[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, expected] of Object.entries(files)) {
    const path = join(folder, name);
    if (!existsSync(path)) problems.push(`${name} is missing.`);
    else if (statSync(path).size !== expected.bytes)
      problems.push(`${name} has ${statSync(path).size} bytes where the manifest says ${expected.bytes}.`);
    else if ((await sha256Of(path)).sha256 !== expected.sha256)
      problems.push(`${name} does not match the SHA-256 of the manifest: its bytes were changed.`);
  }
  const expected = new Set([...alsoThere, ...Object.keys(files)]);
  for (const name of filesIn(folder))
    if (!expected.has(name) && !name.endsWith('.tmp')) problems.push(`${name} does not belong to the release.`);
  return problems;
}
