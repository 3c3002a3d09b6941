import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import type { Signature } from '@ahp/sql/signed-manifest';

export interface ManifestInput {
  file: string;
  kind: string;
  layout: string;
  sha256: string;
  bytes: number;
  read: number;
  loaded: number;
  quarantined: number;
  /** Whether the same bytes were checked before and the rows kept from then were taken. */
  kept: boolean;
}

export interface ManifestCheck {
  id: string;
  title: string;
  passed: boolean;
  figure: string;
  /** A failed check that blocks stops publishing. */
  blocks: boolean;
}

/** One line of a change list: "added", "period", "month to 2026-04-30". */
export interface Change {
  kind: 'added' | 'removed' | 'relabelled' | 'revised';
  subject: string;
  detail: string;
}

/**
 * Where a release is in its life. staged: built, seen by nobody; approved: waits for its moment; published: may be served;
 * withdrawn: was published and may be served no more.
 */
export type ReleaseState = 'staged' | 'approved' | 'published' | 'withdrawn';

/** What the manifest says of a file. `cells` is the digest of its cells, `content` that of all it says (see digest.ts). */
export interface ManifestFile {
  sha256: string;
  bytes: number;
  rows: number;
  cells: string;
  content: string;
}

/**
 * What a release says of itself to everybody: how it was protected, what was checked, and what its files hash to. Nothing in it depends on exact
 * data: what does is in the private part (private-part.ts).
 */
export interface Manifest {
  version: string;
  title: string;
  state: ReleaseState;
  createdAt: string;
  builtBy: string;
  /** Whether somebody other than its builder has to approve it. */
  fourEyes: boolean;
  approvedAt: string | null;
  approvedBy: string | null;
  publishedAt: string | null;
  publishedBy: string | null;
  /** It may not be published before this moment (ISO 8601, UTC). */
  embargoUntil: string | null;
  /** The release that was current when this one was built: it can take the place of that one only. */
  replaces: string | null;
  /** The release that `changes` compares it with: the same one, or the newest whole one when that is damaged. */
  comparedWith: string | null;
  synthetic: boolean;
  hasExtracts: boolean;
  hasPublished: boolean;
  codeVersion: string;
  secretFingerprint: string | null;
  /** Which periods each extract and publication told of (see steps/lost-periods.ts). Absent from the oldest releases. */
  extractPeriods?: Record<string, string[]>;
  audiences: {
    id: string;
    d: number;
    v: number;
    js: number;
    displayMinimum: number;
    rateMinimum: number;
    /** How many cells are published; not said of own figures, which are exact. */
    cells?: number;
  }[];
  periods: { grain: string; from: string; to: string }[];
  /** What each check found is in the private part. */
  checks: Omit<ManifestCheck, 'figure'>[];
  steps: { step: string; seconds: number }[];
  files: Record<string, ManifestFile>;
  changes: Change[];
  /** How many releases of the folder had been withdrawn when this was signed. */
  withdrawals?: number;
  /** Over all the rest, by the key of `releases/public-key.pem`. */
  signature?: Signature;
}

/** SHA-256 of a file, streamed, as lower-case hex. */
export async function sha256Of(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return { sha256: hash.digest('hex'), bytes: statSync(path).size };
}
