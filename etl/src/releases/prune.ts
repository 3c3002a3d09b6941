import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drawnFile, newestDrawn } from '../steps/drawn.ts';
import { change } from './life.ts';
import { currentVersion, keepManifest, listReleases, releaseFolder, releasesFolder } from './folder.ts';
import { lockBuild } from './lock.ts';
import { readLog, record } from './log.ts';
import type { Manifest } from './manifest.ts';
import { readPrivatePart, removePrivate } from './private-part.ts';
import { reportsFolder } from '../steps/reports.ts';

/** What pruning would remove: versions, oldest first, and files of person-level rows kept from extracts that no release left was made of. */
export interface Prunable {
  versions: string[];
  kept: string[];
}

/**
 * What is not needed by the newest `keep` releases that were published. Never among it: the current release, the one before it, and
 * what may still be approved or published.
 */
export function prunable(data: string, keep: number): Prunable {
  const releases = listReleases(data);
  const stays = new Set([...newest(releases, keep), ...neverPruned(data), ...pending(data, releases)]);
  const versions = releases.map(({ version }) => version).filter((version) => !stays.has(version));
  return {
    versions,
    kept: keptWithout(
      data,
      releases.filter(({ version }) => stays.has(version)),
    ),
  };
}

/** Removes them, while no build needs the kept rows. A folder is renamed first, so that a release is there whole or not at all. */
export async function prune(data: string, keep: number, by: string): Promise<Prunable> {
  const release = await lockBuild(data);
  try {
    return await change(data, () => remove(data, keep, by));
  } finally {
    release();
  }
}

function remove(data: string, keep: number, by: string): Prunable {
  const found = prunable(data, keep);
  for (const version of found.versions) {
    const doomed = join(releasesFolder(data), `.pruned-${version}`);
    rmSync(doomed, { recursive: true, force: true });
    keepManifest(data, version);
    record(data, { what: 'pruned', version, by });
    renameSync(releaseFolder(data, version), doomed);
    rmSync(doomed, { recursive: true, force: true });
    removePrivate(data, version);
    rmSync(reportsFolder(data, version), { recursive: true, force: true });
    // The newest stays whatever becomes of its release: what was seen once must not be drawn a second time.
    if (newestDrawn(data) !== drawnFile(data, version)) rmSync(drawnFile(data, version), { force: true });
  }
  for (const name of found.kept) rmSync(join(data, 'received', name), { force: true });
  return found;
}

function newest(releases: readonly Manifest[], keep: number): string[] {
  const published = releases.filter(({ state }) => state === 'published').map(({ version }) => version);
  return keep > 0 ? published.slice(-keep) : [];
}

/** The current release, and the published ones that were current before it: by the log, and by number. */
function neverPruned(data: string): string[] {
  const current = currentVersion(data);
  const before = readLog(data).findLast(({ version, from }) => version === current && from !== undefined)?.from;
  const published = listReleases(data).flatMap(({ version, state }) => (state === 'published' ? [version] : []));
  const byNumber = published[published.indexOf(current ?? '') - 1];
  return published.filter((version) => [current, before, byNumber].includes(version));
}

function pending(data: string, releases: readonly Manifest[]): string[] {
  const current = currentVersion(data);
  return releases
    .filter(({ state, replaces }) => (state === 'staged' || state === 'approved') && replaces === current)
    .map(({ version }) => version);
}

function keptWithout(data: string, releases: readonly Manifest[]): string[] {
  const folder = join(data, 'received');
  if (!existsSync(folder)) return [];
  const used = new Set(
    releases.flatMap(({ version }) => readPrivatePart(data, version).inputs.map(({ sha256 }) => sha256)),
  );
  return readdirSync(folder).filter((name) => !used.has(name.slice(0, 64)));
}
