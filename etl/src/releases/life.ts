import { renameSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import { syncFolder } from './durable.ts';
import { currentVersion, releaseFolder, releasesFolder, setCurrent } from './folder.ts';
import { finishInterrupted } from './interrupted.ts';
import { whileLocked } from './lock.ts';
import { record } from './log.ts';
import type { Manifest } from './manifest.ts';
import { settlePrivate, type PrivatePart } from './private-part.ts';
import { signingKey } from './signing-key.ts';
import { verifyManifest, verifyRelease } from './verify.ts';
import { writeManifest } from './write-manifest.ts';

/** Runs a change of the releases: alone, and after whatever a killed one left undone was done. */
export function change<T>(data: string, work: (key: KeyObject) => T | Promise<T>): Promise<T> {
  return whileLocked(data, () => {
    const key = signingKey(data);
    finishInterrupted(data, key);
    return work(key);
  });
}

/** Before a build: has what a killed command left undone done, so that the build compares with the release that was meant. */
export async function finishBefore(data: string): Promise<void> {
  await change(data, () => {});
}

/**
 * Moves a finished release from `staging` to its place. By its state it is staged, approved (it waits for its embargo), or published and
 * current at once. Every step is atomic, and a kill between two of them is made good by the next command (see interrupted.ts).
 * Throws Refusal `overtaken` when another release became current since it was built.
 */
export function settle(
  data: string,
  staging: string,
  manifest: Manifest,
  own: { staging: string; part: PrivatePart },
): Promise<void> {
  return change(data, (key) => {
    if (manifest.state === 'published') refuseOvertaken(data, manifest);
    writeManifest(staging, manifest, key);
    syncFolder(staging);
    settlePrivate(data, own.staging, own.part, key);
    renameSync(staging, releaseFolder(data, manifest.version));
    syncFolder(releasesFolder(data));
    const { version, builtBy: by, embargoUntil } = manifest;
    if (manifest.state === 'published') makeCurrent(data, manifest);
    else record(data, { what: manifest.state === 'approved' ? 'approved' : 'staged', version, by, embargoUntil });
  });
}

/** Approves a staged release. Throws Refusal `not_staged`, or `four_eyes` when its builder may not. */
export function approve(
  data: string,
  version: string,
  { by, fourEyes = false, embargoUntil }: { by: string; fourEyes?: boolean; embargoUntil?: string },
): Promise<Manifest> {
  return change(data, async (key) => {
    const manifest = verifyManifest(data, version);
    if (manifest.state !== 'staged')
      throw new Refusal('not_staged', `release ${version} is ${manifest.state}: only a staged release is approved.`);
    if ((fourEyes || manifest.fourEyes) && sameName(by, manifest.builtBy))
      throw new Refusal(
        'four_eyes',
        `release ${version} was built by ${manifest.builtBy}: somebody else has to look at it and approve it.`,
      );
    await refuseDamaged(data, version);
    const approved: Manifest = {
      ...manifest,
      state: 'approved',
      approvedAt: new Date().toISOString(),
      approvedBy: by,
      embargoUntil: embargoUntil ?? manifest.embargoUntil,
    };
    writeManifest(releaseFolder(data, version), approved, key);
    record(data, { what: 'approved', version, by, embargoUntil: approved.embargoUntil });
    return approved;
  });
}

/** Publishes an approved release and makes it current. Throws Refusal `not_approved`, `embargoed`, `overtaken` or `damaged`. */
export function publishApproved(data: string, version: string, by: string, now = new Date()): Promise<void> {
  return change(data, async (key) => {
    const manifest = verifyManifest(data, version);
    if (manifest.state !== 'approved')
      throw new Refusal(
        'not_approved',
        manifest.state === 'staged'
          ? `release ${version} is not approved yet: \`etl releases approve ${version} --by NAME\` does that.`
          : `release ${version} is ${manifest.state}: only an approved release is published.`,
      );
    if (manifest.embargoUntil && Date.parse(manifest.embargoUntil) > now.getTime())
      throw new Refusal(
        'embargoed',
        `release ${version} is under embargo until ${manifest.embargoUntil}; \`etl releases publish-due\` publishes it then.`,
      );
    refuseOvertaken(data, manifest);
    await refuseDamaged(data, version);
    const published: Manifest = {
      ...manifest,
      state: 'published',
      publishedAt: new Date().toISOString(),
      publishedBy: by,
    };
    writeManifest(releaseFolder(data, version), published, key);
    makeCurrent(data, published);
  });
}

/**
 * Makes an earlier (or later) published release current; `withdraw` also stops the one left behind from being served at all.
 * Throws Refusal when the wanted one is not published or not whole.
 */
export function rollBack(
  data: string,
  version: string,
  { by, withdraw = false }: { by: string; withdraw?: boolean },
): Promise<void> {
  return change(data, async (key) => {
    const manifest = verifyManifest(data, version);
    const from = currentVersion(data);
    if (version === from) throw new Refusal('already_current', `release ${version} is current already.`);
    if (manifest.state !== 'published')
      throw new Refusal(
        'not_published',
        `release ${version} is ${manifest.state}: only a published one can be current.`,
      );
    await refuseDamaged(data, version);
    record(data, { what: 'rolled_back', version, by, from, ...(withdraw && from ? { withdraws: from } : {}) });
    setCurrent(data, version);
    finishInterrupted(data, key);
  });
}

function makeCurrent(data: string, { version, publishedBy, builtBy, replaces }: Manifest): void {
  record(data, { what: 'published', version, by: publishedBy ?? builtBy, from: replaces });
  setCurrent(data, version);
}

function refuseOvertaken(data: string, { version, replaces }: Manifest): void {
  const current = currentVersion(data);
  if (current !== replaces)
    throw new Refusal(
      'overtaken',
      `release ${version} was built to follow ${replaces ?? 'nothing'} and ${current} is current now, so that its list of changes no longer holds: build it again.`,
    );
}

async function refuseDamaged(data: string, version: string): Promise<void> {
  const problems = await verifyRelease(data, version);
  if (problems.length > 0)
    throw new Refusal(
      'damaged',
      `release ${version} is not whole: put it back from a backup, or build again.`,
      problems,
    );
}

function sameName(a: string, b: string): boolean {
  return a.trim().normalize('NFC').toLowerCase() === b.trim().normalize('NFC').toLowerCase();
}
