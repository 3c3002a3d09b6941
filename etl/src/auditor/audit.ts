import { existsSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from '../build.ts';
import type { Secret } from '../disclosure/secret.ts';
import type { Progress } from '../progress.ts';
import { inPrivateFolder } from '../releases/private-folder.ts';
import { Refusal } from '../refusal.ts';
import { digestsOf } from '../releases/digest.ts';
import { releaseFolder } from '../releases/folder.ts';
import { privateFolder, readPrivatePart, type PrivatePart } from '../releases/private-part.ts';
import type { Manifest } from '../releases/manifest.ts';
import { verifyManifest } from '../releases/verify.ts';
import type { Built } from '../steps/audit.ts';
import { drawnFile } from '../steps/drawn.ts';
import { startApi } from './api-process.ts';
import type { Attack } from './attack.ts';
import { attachRelease, detachRelease, noisyAudiences, type Context } from './context.ts';
import { writeReport, type Report } from './report.ts';
import { runAttacks } from './run.ts';
import { utilityOf } from './utility.ts';

export interface AuditOptions {
  data: string;
  version: string;
  /** The files that the release was made from. */
  extracts: string[];
  attacks: readonly Attack[];
  memory: string;
  secret: (synthetic: boolean) => Secret;
  progress: Progress;
  effort?: Context['effort'];
  /** What else is done while the truth is at hand. */
  also?: (built: Built) => Promise<void>;
}

/**
 * Attacks a release that is there, with the truth at hand. No truth is kept anywhere: the same build runs again as a dry run, in a folder
 * of its own that is removed afterwards, and its exact cells are the truth. Its published cells must be those of the release, cell for cell,
 * which also proves that the extracts are the ones and that the release can be made again. The report is written into the release.
 * Throws Refusal `not_the_extracts` when they differ.
 */
export async function auditExisting(options: AuditOptions): Promise<Report> {
  const { data, version, progress } = options;
  const manifest = verifyManifest(data, version);
  if (!manifest.hasExtracts)
    throw new Refusal('no_truth', `release ${version} holds official figures alone: there is nobody to protect in it.`);
  return inPrivateFolder(data, async (folder) => {
    let report: Report | null = null;
    if (existsSync(join(data, 'received'))) symlinkSync(resolve(data, 'received'), join(folder, 'received'));
    await build({
      ...options,
      data: folder,
      title: manifest.title,
      by: 'audit',
      dryRun: true,
      // These were decided when the release was built.
      uniqueLimit: 1,
      newPeople: true,
      drawnBefore: existsSync(drawnFile(data, version)) ? drawnFile(data, version) : null,
      audit: async (built) => {
        progress.end('built again');
        await refuseOtherCells(built, manifest, readPrivatePart(data, version));
        report = await attackRelease(options, built, manifest);
        await options.also?.(built);
        return [];
      },
    });
    return report!;
  });
}

async function attackRelease(
  { data, version, attacks, progress, effort = 'full' }: AuditOptions,
  built: Built,
  manifest: Manifest,
): Promise<Report> {
  const folder = releaseFolder(data, version);
  const ownFolder = privateFolder(data, version);
  const { comparedWith } = manifest;
  const before =
    comparedWith && existsSync(releaseFolder(data, comparedWith)) ? verifyManifest(data, comparedWith) : null;
  await attachRelease(built.workshop, folder);
  const surface = attacks.some(({ asks }) => asks) ? await startApi(folder, version) : null;
  try {
    progress.begin('attacks', attacks.length);
    const context: Context = {
      workshop: built.workshop,
      folder,
      ownFolder,
      noisy: noisyAudiences(),
      secret: built.secret,
      surface,
      before: before && { folder: releaseFolder(data, before.version), drawn: drawnFile(data, before.version) },
      effort,
    };
    const results = await runAttacks(attacks, context, (done, total, what) => progress.at(done, what, total));
    progress.end(`${results.filter(({ outcome }) => outcome.passed).length} of ${results.length} withstood`);
    return writeReport(ownFolder, version, results, await utilityOf(context));
  } finally {
    await surface?.close();
    await detachRelease(built.workshop);
  }
}

async function refuseOtherCells(
  { workshop, folder, version, own }: Built,
  { version: audited, files }: Manifest,
  before: PrivatePart,
): Promise<void> {
  await attachRelease(workshop, folder, 'again');
  const again = await Promise.all(
    Object.entries(files).map(async ([name, { cells }]) => {
      const { cells: digest } = await digestsOf(workshop, `again_${name.replace('.duckdb', '')}`);
      return [name, cells === digest] as const;
    }),
  );
  for (const [name, equal] of [...again, ['own figures', own.digest === before.own.digest] as const]) {
    if (!equal)
      throw new Refusal(
        'not_the_extracts',
        `the cells of ${name} in release ${audited} do not come out of these extracts (built again they are those of a release ${version}): name the files that the release was made from with --extracts, and use its code, ${'`etl releases show`'} tells which.`,
      );
  }
}
