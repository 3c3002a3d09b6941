import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { attacks } from '../auditor/attacks/index.ts';
import { attachRelease, detachRelease, noisyAudiences } from '../auditor/context.ts';
import { writeReport } from '../auditor/report.ts';
import { runAttacks, type Result } from '../auditor/run.ts';
import { personalMinimum } from '../disclosure/audiences.ts';
import { isPersonal } from '../disclosure/own-characteristics.ts';
import type { Secret } from '../disclosure/secret.ts';
import { releaseFolder } from '../releases/folder.ts';
import type { PrivatePart } from '../releases/private-part.ts';
import type { Manifest, ManifestCheck } from '../releases/manifest.ts';
import { drawnFile } from './drawn.ts';

/** What a build has made and is about to publish. */
export interface Built {
  /** Holds the exact cells, the people and their keys still. */
  workshop: DuckDBConnection;
  /** Where the release files are. */
  folder: string;
  /** Where its private part is, with the report. */
  ownFolder: string;
  /** What own figures come to. */
  own: PrivatePart['own'];
  version: string;
  /** Null when there is nothing but official figures. */
  secret: Secret | null;
  before: Manifest | null;
  data: string;
}

/**
 * The attacks that every build runs on the files it is about to publish; a failed one blocks. The report goes into the release.
 * A release of official figures alone has no truth to protect: only what its files hold is looked at.
 */
export async function auditRelease(
  { workshop, folder, ownFolder, version, secret, before, data }: Built,
  onStep: (done: number, total: number, what: string) => void,
): Promise<ManifestCheck[]> {
  const fast = attacks.filter((attack) => attack.fast && (secret !== null || attack.number === 16));
  await attachRelease(workshop, folder);
  const earlier = before && {
    folder: releaseFolder(data, before.version),
    drawn: drawnFile(data, before.version),
  };
  try {
    const results = await runAttacks(
      fast,
      { workshop, folder, ownFolder, noisy: noisyAudiences(), secret, surface: null, before: earlier, effort: 'full' },
      onStep,
    );
    if (secret) writeReport(ownFolder, version, results);
    return [...results.map(asCheck), await smallOwnCounts(workshop)];
  } finally {
    await detachRelease(workshop);
  }
}

const asCheck = ({ attack, outcome }: Result): ManifestCheck => ({
  id: attack.id,
  title: attack.title,
  passed: outcome.passed,
  figure: outcome.figure,
  blocks: true,
});

/** An employer’s own counts are exact; by a characteristic of the person, those from 1 to 4 are withheld. */
async function smallOwnCounts(workshop: DuckDBConnection): Promise<ManifestCheck> {
  const [{ n } = { n: -1 }] = await rowsOf<{ n: number }>(
    workshop,
    `select count(*)::integer as n from protected_own where value > 0 and value < ${personalMinimum} and ${isPersonal('"set"')}
       and not contains(tally::varchar, 'fte') and tally::varchar not in ('cpd_hours', 'exposure_months', 'unstepped_months')`,
  );
  return {
    id: 'small_counts_own',
    title: `No own count by a characteristic lies between 1 and ${personalMinimum - 1}`,
    passed: n === 0,
    figure: `${n} cells`,
    blocks: true,
  };
}
