import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { writeAtomically } from './durable.ts';
import { readLog } from './log.ts';
import type { Manifest } from './manifest.ts';
import { compareVersions, isVersion } from './version.ts';

/** Folder of the releases of a data folder. */
export const releasesFolder = (data: string): string => join(data, 'releases');

/** Folder of one release. */
export const releaseFolder = (data: string, version: string): string => join(releasesFolder(data), version);

/** Version that is being served, or null when nothing is published yet. */
export function currentVersion(data: string): string | null {
  const path = join(releasesFolder(data), 'current.json');
  if (!existsSync(path)) return null;
  try {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown };
    if (typeof version === 'string') return version;
  } catch {
    // Told below, as a version that is none.
  }
  throw new Refusal('damaged', 'releases/current.json is damaged, so that no release is known as the current one.', [
    'Put it back from a backup, or write into it which release is to be served: {"version": "1.0.0"}.',
  ]);
}

/** Points `current.json` at a version by an atomic rename: a reader sees the old pointer or the new one, never half of one. */
export function setCurrent(data: string, version: string): void {
  writeAtomically(join(releasesFolder(data), 'current.json'), `${JSON.stringify({ version })}\n`);
}

/** The versions that have a folder, oldest first, whole or not. */
export function versionsOnDisk(data: string): string[] {
  const folder = releasesFolder(data);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(isVersion).sort(compareVersions);
}

/** Every release whose manifest can be read, oldest first. */
export function listReleases(data: string): Manifest[] {
  return versionsOnDisk(data).flatMap((version) => {
    try {
      return [readManifest(data, version)];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

const prunedFolder = (data: string): string => join(releasesFolder(data), 'pruned');

/** Keeps the manifest of a release that is about to be pruned: which keys were used up for which periods must never be forgotten. */
export function keepManifest(data: string, version: string): void {
  mkdirSync(prunedFolder(data), { recursive: true });
  writeAtomically(
    join(prunedFolder(data), `${version}.json`),
    `${JSON.stringify(readManifest(data, version), null, 2)}\n`,
  );
}

/** The manifests of pruned releases. */
export function prunedManifests(data: string): Manifest[] {
  if (!existsSync(prunedFolder(data))) return [];
  return readdirSync(prunedFolder(data))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(prunedFolder(data), name), 'utf8')) as Manifest);
}

/** The highest version ever given, also to releases that were pruned since: no version means two things. Null before the first. */
export function latestVersion(data: string): string | null {
  const given = [...versionsOnDisk(data), ...readLog(data).map(({ version }) => version)];
  return given.filter(isVersion).sort(compareVersions).at(-1) ?? null;
}

/** The manifest of one version, as it stands there. Throws Refusal `no_such_release` or `manifest_damaged`. */
export function readManifest(data: string, version: string): Manifest {
  const path = join(releaseFolder(data, version), 'manifest.json');
  if (!isVersion(version) || !existsSync(path))
    throw new Refusal(
      'no_such_release',
      `there is no release ${version} in ${data}: \`etl releases list\` shows those there are.`,
    );
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    if (manifest.version === version) return manifest;
  } catch {
    // Told below: whatever is there is not the manifest that was written.
  }
  throw new Refusal(
    'manifest_damaged',
    `the manifest of release ${version} in ${data} is damaged: put the folder back from a backup, or build again.`,
  );
}

/** A fresh folder to build a release in. Call it under the lock of the build: what killed builds left behind is removed. */
export function stagingFolder(data: string): string {
  sweep(data);
  const staging = join(releasesFolder(data), `.staging-${process.pid}`);
  mkdirSync(staging, { recursive: true });
  return staging;
}

function sweep(data: string): void {
  const remove = (folder: string, leftBehind: RegExp) => {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder))
      if (leftBehind.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  };
  const folder = releasesFolder(data);
  remove(folder, /^\.(staging|pruned)-|^\.building$|^\.build\.lock\.\d+\.tmp/);
  remove(join(data, 'received'), /\.part$/);
}
