import type { Manifest } from './manifest.ts';

/** What is to become of a release once it is built. */
export interface Intent {
  /** Builds and checks, and publishes nothing. */
  dryRun: boolean;
  /** Who builds, for the log. */
  by: string;
  /** Leaves the release staged: it is served once somebody approved and published it; with four eyes, somebody else. */
  stage?: boolean;
  fourEyes?: boolean;
  /** The release may not be published before (ISO 8601, UTC). */
  embargoUntil?: string;
}

type Life = 'builtBy' | 'fourEyes' | 'approvedAt' | 'approvedBy' | 'publishedAt' | 'publishedBy' | 'embargoUntil';
type FirstState = Pick<Manifest, Life> & { state: 'staged' | 'approved' | 'published' };

/** Where a release begins its life: whoever builds one that is not staged approves it, and publishes it unless there is an embargo. */
export function firstState({ dryRun, by, stage, fourEyes, embargoUntil }: Intent, createdAt: string): FirstState {
  const state = dryRun || stage ? 'staged' : embargoUntil ? 'approved' : 'published';
  const approved = state !== 'staged';
  const published = state === 'published';
  return {
    state,
    builtBy: by,
    fourEyes: fourEyes ?? false,
    approvedAt: approved ? createdAt : null,
    approvedBy: approved ? by : null,
    publishedAt: published ? new Date().toISOString() : null,
    publishedBy: published ? by : null,
    embargoUntil: embargoUntil ?? null,
  };
}
