import type { KeyObject } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { currentVersion, listReleases, releaseFolder, releasesFolder, setCurrent, versionsOnDisk } from './folder.ts';
import { readLog, record } from './log.ts';
import type { Manifest } from './manifest.ts';
import { verifyManifest } from './verify.ts';
import { addWithdrawal, withdrawnFrom } from './withdrawn.ts';
import { writeManifest } from './write-manifest.ts';

/**
 * Completes what a killed command had decided and not finished. A decision is written down before it is carried out (a manifest that says
 * published, a line in the log), so that each step can be done again: the log line, the pointer, the withdrawal.
 */
export function finishInterrupted(data: string, key: KeyObject): void {
  removeTemporary(data);
  const releases = listReleases(data);
  for (const { version, publishedBy, builtBy, replaces } of unloggedPublications(data, releases))
    record(data, { what: 'published', version, by: publishedBy ?? builtBy ?? 'unknown', from: replaces });
  const log = readLog(data);
  const pointed = log.findLast(({ what }) => what === 'published' || what === 'rolled_back')?.version;
  const stateOf = (version: string) => releases.find((release) => release.version === version)?.state;
  if (pointed && pointed !== currentVersion(data) && stateOf(pointed) === 'published') setCurrent(data, pointed);
  for (const { withdraws, by } of log) {
    const release = releases.find(
      ({ version, state }) => version === withdraws && state === 'published' && version !== currentVersion(data),
    );
    if (release) withdraw(data, release, by, key);
  }
  countWithdrawals(data, key);
}

/** The current release is signed again with the number of withdrawals, so that the list cannot be cut. */
function countWithdrawals(data: string, key: KeyObject): void {
  const current = listReleases(data).find(({ version }) => version === currentVersion(data));
  const { length } = withdrawnFrom(releasesFolder(data));
  if (current?.signature && (current.withdrawals ?? 0) < length)
    writeManifest(releaseFolder(data, current.version), verifyManifest(data, current.version), key);
}

/** Releases whose manifest says published and whose publication the log does not know: the command was killed between the two. */
function unloggedPublications(data: string, releases: readonly Manifest[]): Manifest[] {
  const logged = new Set(readLog(data).map(({ what, version }) => (what === 'published' ? version : '')));
  const current = currentVersion(data);
  return releases.filter(
    ({ state, version, replaces }) =>
      state === 'published' && !logged.has(version) && (version === current || replaces === current),
  );
}

function withdraw(data: string, release: Manifest, by: string, key: KeyObject): void {
  addWithdrawal(releasesFolder(data), release.version, by, key);
  writeManifest(releaseFolder(data, release.version), { ...release, state: 'withdrawn' }, key);
  record(data, { what: 'withdrawn', version: release.version, by });
}

function removeTemporary(data: string): void {
  const folders = [releasesFolder(data), ...versionsOnDisk(data).map((version) => releaseFolder(data, version)), data];
  for (const folder of folders.filter((path) => existsSync(path)))
    for (const name of readdirSync(folder))
      if (/\.json\.\d+\.tmp$|\.pem\.\d+\.tmp$|^\.releases\.lock\.\d+\.tmp/.test(name))
        rmSync(join(folder, name), { force: true });
}
