import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { signed, type Signature } from '@ahp/sql/signed-manifest';
import { Refusal } from '../refusal.ts';
import { syncFolder, writeAtomically } from './durable.ts';
import { releaseFolder } from './folder.ts';
import type { ManifestCheck, ManifestInput } from './manifest.ts';
import { isVersion } from './version.ts';

/**
 * What of a release is for its operator and for employers alone: what it was made of, row by row, what its checks found, and own figures.
 * It lies in a folder of its own, `private/<version>`, that its owner alone can read: exact figures, or hashes of exact data, would tell
 * somebody who knows all records but one whether that one is in the data. The release itself can be copied anywhere without it.
 */
export interface PrivatePart {
  version: string;
  /** That of the release: the two parts are of one build. */
  createdAt: string;
  inputs: ManifestInput[];
  rows: { read: number; loaded: number; quarantined: number };
  checks: ManifestCheck[];
  /** Own figures: how many cells, and digests of the cells and of all that they say (see digest.ts). */
  own: { cells: number; digest: string; content: string };
  /** Every file of own figures by its path in the folder. */
  files: Record<string, { sha256: string; bytes: number }>;
  signature?: Signature;
}

const root = (data: string): string => join(data, 'private');

/** Folder of the private part of a release. */
export const privateFolder = (data: string, version: string): string => join(root(data), version);

/** A fresh folder to write a private part in, of the same owner alone. What killed builds left behind is removed. */
export function privateStaging(data: string): string {
  sweep(data);
  const staging = join(root(data), `.staging-${process.pid}`);
  mkdirSync(root(data), { recursive: true, mode: 0o700 });
  chmodSync(root(data), 0o700);
  mkdirSync(staging, { mode: 0o700 });
  return staging;
}

/** Moves a finished private part to its place, signed; the release follows. */
export function settlePrivate(data: string, staging: string, part: PrivatePart, key: KeyObject): void {
  writeAtomically(join(staging, 'manifest.json'), `${JSON.stringify(signed(part, key), null, 2)}\n`, 0o600);
  for (const name of filesIn(staging)) chmodSync(join(staging, name), 0o600);
  syncFolder(staging);
  const place = privateFolder(data, part.version);
  // Of a build that was killed before its release was moved: no release has it.
  rmSync(place, { recursive: true, force: true });
  renameSync(staging, place);
  syncFolder(root(data));
}

/** The private part of a release as it stands there. Throws Refusal `private_part_missing` or `private_part_damaged`. */
export function readPrivatePart(data: string, version: string): PrivatePart {
  const path = join(privateFolder(data, version), 'manifest.json');
  if (!isVersion(version) || !existsSync(path))
    throw new Refusal(
      'private_part_missing',
      `the private part of release ${version} is not in ${data}: put private/${version} back from a backup, or build again.`,
    );
  try {
    const part = JSON.parse(readFileSync(path, 'utf8')) as PrivatePart;
    if (part.version === version) return part;
  } catch {
    // Whatever is there is not what was written.
  }
  throw new Refusal(
    'private_part_damaged',
    `the private part of release ${version} is damaged: put private/${version} back from a backup, or build again.`,
  );
}

export function removePrivate(data: string, version: string): void {
  rmSync(privateFolder(data, version), { recursive: true, force: true });
}

/** The paths of all files under a folder, relative to it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

function sweep(data: string): void {
  if (!existsSync(root(data))) return;
  for (const name of readdirSync(root(data)))
    if (name.startsWith('.staging-') || !existsSync(releaseFolder(data, name)))
      rmSync(join(root(data), name), { recursive: true, force: true });
}
