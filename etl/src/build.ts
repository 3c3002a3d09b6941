import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { audiences } from './disclosure/audiences.ts';
import type { Secret } from './disclosure/secret.ts';
import type { Uniqueness } from './identifiers/uniqueness.ts';
import { recordDecisions } from './plausibility/decisions.ts';
import type { Progress } from './progress.ts';
import { codeVersion } from './releases/code-version.ts';
import { refuseFailedChecks } from './releases/failed-checks.ts';
import { firstState, type Intent } from './releases/first-state.ts';
import { currentVersion, listReleases, prunedManifests, stagingFolder } from './releases/folder.ts';
import { lockBuild } from './releases/lock.ts';
import type { Manifest, ManifestCheck } from './releases/manifest.ts';
import { compareWithPrevious, releaseBefore } from './releases/changes.ts';
import { saysTheSame } from './releases/digest.ts';
import { privateStaging, readPrivatePart, type PrivatePart } from './releases/private-part.ts';
import { periodsBefore } from './releases/periods-before.ts';
import { finishBefore, settle } from './releases/life.ts';
import { qualityEntries, type QualityEntry } from './releases/quality.ts';
import { refuseOtherSecret } from './releases/same-secret.ts';
import { admit, refuseAll, takeFiles, type Accepting } from './steps/admit.ts';
import { auditRelease } from './steps/audit.ts';
import { keepDrawn, newestDrawn, writeDrawn } from './steps/drawn.ts';
import { createGrouped, fillLattice } from './steps/lattice.ts';
import { fillLedger } from './steps/ledger.ts';
import { refuseFiles } from './steps/load.ts';
import { protect } from './steps/protect.ts';
import { writeOwnFiles, writeReleaseFiles } from './steps/publish.ts';
import { writeReports } from './steps/reports.ts';
import { runSqlFile } from './steps/sql-file.ts';

export interface BuildOptions extends Intent, Accepting {
  extracts: string[];
  data: string;
  title: string;
  /** Memory of the engine, as DuckDB writes it: "2GB". */
  memory: string;
  /** Accepts a secret other than that of the releases before. */
  rekey?: boolean;
  /** What cells were drawn from before, in place of the newest of the folder: an audit draws a release again. Null: nothing. */
  drawnBefore?: string | null;
  /** Audits what was built, in place of the attacks that every build runs. */
  audit?: typeof auditRelease;
  /** Gives the secret of the record keys; asked only when there is person-level data. */
  secret: (synthetic: boolean) => Secret;
  progress: Progress;
}

export interface BuildResult {
  /** Of the new release, or of the one before when nothing has changed. */
  manifest: Manifest;
  /** What is kept of it for the operator and employers alone. */
  part: PrivatePart;
  outcome: 'published' | 'staged' | 'approved' | 'dry run' | 'unchanged';
  /** How good the data is. */
  quality: QualityEntry[];
  /** How many people stand out by what is recorded of them: for the operator alone. */
  uniqueness: Uniqueness[];
  /** What an operator should know of the files: read twice, left alone, what a reader noticed. */
  notes: string[];
  seconds: number;
  /** The most memory that the build held, all its processes together, bytes. */
  peakMemory: number;
}

/**
 * All steps of a release, in the order of the `steps` folder: receive and check, conform, ledger, lattice, protect, audit, publish.
 * Whatever fails, the last release stays current: the new one appears by a rename when every blocking check has passed.
 * Throws Refusal when an input or a check says no.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const { data } = options;
  mkdirSync(data, { recursive: true });
  const release = await lockBuild(data);
  try {
    await finishBefore(data);
    return await buildAlone(options);
  } finally {
    release();
  }
}

async function buildAlone(options: BuildOptions): Promise<BuildResult> {
  const { data, progress } = options;
  const staging = stagingFolder(data);
  const ownStaging = privateStaging(data);
  // In memory, spilling to disk at the limit: writing person-level tables to a file costs a third more time, and leaves nothing behind.
  const instance = await openWorkshop(':memory:', { memory: options.memory, temporary: join(staging, 'spill') });
  const started = performance.now();
  try {
    const connection = await instance.connect();
    // Asked for before the long work: who has no secret learns it at once.
    const taken = await takeFiles(connection, options.extracts, join(data, 'received'), progress, {
      ...options,
      onReceived: ({ synthetic, hasStaff }) => {
        if (hasStaff) secretOf(options, synthetic);
      },
    });
    const { loaded, alike } = taken;
    refuseFiles(loaded.refusals);
    const previous = await releaseBefore(data);
    const before = await periodsBefore(data, previous);
    const {
      types,
      accounts,
      periods: extractPeriods,
      refusals,
      notices,
      decisions,
    } = await admit(connection, loaded, before, progress, options);
    refuseAll([...taken.refusals, ...refusals]);
    if (!options.dryRun) recordDecisions(data, options.by, decisions);
    const checks: ManifestCheck[] = [accounts.check];

    progress.begin('ledger', 8);
    let step = 0;
    const ledger = await fillLedger(connection, (what) => progress.at((step += 1), what));
    progress.end(`${count(ledger.rows)} rows over ${ledger.pairs} pairs of snapshots`);
    checks.push(ledger.check);

    await createGrouped(connection);
    const secret = loaded.hasExtracts ? secretOf(options, loaded.synthetic) : null;
    if (secret) {
      progress.begin('lattice', 1, 'sets');
      const lattice = await fillLattice(connection, secret, (done, total, what) => progress.at(done, what, total));
      progress.end(`${count(lattice.grouped)} cells counted from ${count(lattice.events)} events`);
    }
    for (const name of ['area', 'period', 'plain', 'vacancy_method'])
      await runSqlFile(connection, `lattice/${name}.sql`);
    await keepDrawn(connection, options.drawnBefore === undefined ? newestDrawn(data) : options.drawnBefore);
    progress.begin('protect', audiences.length);
    step = 0;
    const cells = await protect(connection, loaded.hasExtracts, (what) => progress.at((step += 1), what));
    for (const name of ['size_band', 'reporting', 'quality']) await runSqlFile(connection, `lattice/${name}.sql`);
    progress.end(
      Object.entries(cells)
        .map(([audience, n]) => `${audience} ${count(n)}`)
        .join(', '),
    );

    const replaces = currentVersion(data);
    const { version, changes } = await compareWithPrevious(connection, data, previous, options.fewerPeriods);
    const createdAt = new Date().toISOString();
    const about = {
      version,
      title: options.title,
      createdAt,
      synthetic: loaded.synthetic,
      hasExtracts: loaded.hasExtracts,
      hasPublished: loaded.hasPublished,
      codeVersion: codeVersion(),
    };
    progress.begin('files', audiences.length);
    step = 0;
    const files = await writeReleaseFiles(connection, staging, about, types, (what) => progress.at((step += 1), what));
    progress.at((step += 1), 'own');
    const own = await writeOwnFiles(connection, ownStaging, about, types);
    const ownBytes = Object.values(own.files).reduce((sum, { bytes }) => sum + bytes, 0);
    progress.end(
      [...Object.entries(files), [`own figures, ${Object.keys(own.files).length} files`, { bytes: ownBytes }] as const]
        .map(([name, { bytes }]) => `${name} ${(bytes / 1e6).toFixed(1)} MB`)
        .join(', '),
    );

    progress.begin('audit', 1);
    const built = {
      workshop: connection,
      folder: staging,
      ownFolder: ownStaging,
      own: own.own,
      version,
      secret,
      before: previous,
      data,
    };
    const audit = options.audit ?? auditRelease;
    checks.push(...(await audit(built, (done, total, what) => progress.at(done, what, total))));
    progress.end(`${checks.filter(({ passed }) => passed).length} of ${checks.length} checks passed`);
    const periods = await rowsOf<Manifest['periods'][number]>(
      connection,
      `select grain, min(period_end)::varchar as "from", max(period_end)::varchar as "to" from release_period group by grain order by grain`,
    );
    refuseFailedChecks(checks, currentVersion(data));
    const life = firstState(options, createdAt);
    const manifest: Manifest = {
      ...about,
      ...life,
      replaces,
      comparedWith: previous?.version ?? null,
      secretFingerprint: secret?.fingerprint() ?? null,
      extractPeriods,
      audiences: audiences.map(({ id, d, v, js, displayMinimum, rateMinimum }) => ({
        id,
        d,
        v,
        js,
        displayMinimum,
        rateMinimum,
        ...(v > 0 ? { cells: cells[id] ?? 0 } : {}),
      })),
      periods,
      checks: checks.map(({ figure: _, ...check }) => check),
      steps: progress.timings,
      files,
      changes,
    };
    const part: PrivatePart = { version, createdAt, inputs: accounts.inputs, rows: accounts.rows, checks, ...own };
    const partBefore = previous && readPrivatePart(data, previous.version);
    const unchanged = previous !== null && saysTheSame({ manifest: previous, part: partBefore! }, { manifest, part });
    if (!unchanged && !options.dryRun) {
      await writeReports(connection, data, version);
      if (secret) await writeDrawn(connection, data, version);
    }
    const quality = await qualityEntries(connection, 'release_quality');
    connection.closeSync();
    instance.closeSync();
    rmSync(join(staging, 'spill'), { recursive: true, force: true });
    const result = (outcome: BuildResult['outcome']): BuildResult => ({
      manifest: unchanged ? previous : manifest,
      part: unchanged ? partBefore! : part,
      outcome,
      quality,
      uniqueness: alike,
      notes: [
        ...loaded.notes,
        ...notices,
        ...loaded.results.flatMap(({ file, warnings }) => warnings.map((one) => `${file}: ${one}`)),
      ],
      seconds: (performance.now() - started) / 1000,
      peakMemory: Math.max(loaded.peakMemory, process.resourceUsage().maxRSS * 1024),
    });
    if (unchanged) return result('unchanged');
    if (options.dryRun) return result('dry run');
    progress.begin('publish');
    await settle(data, staging, manifest, { staging: ownStaging, part });
    progress.end(`release ${version} is ${life.state === 'published' ? 'current' : life.state}`);
    return result(life.state);
  } finally {
    instance.closeSync();
    for (const folder of [staging, ownStaging]) rmSync(folder, { recursive: true, force: true });
  }
}

function secretOf({ secret, data, rekey }: BuildOptions, synthetic: boolean): Secret {
  const given = secret(synthetic);
  if (!rekey) refuseOtherSecret([...prunedManifests(data), ...listReleases(data)], given);
  return given;
}

/** 1234567 as "1,234,567". */
function count(n: number): string {
  return n.toLocaleString('en-GB');
}
