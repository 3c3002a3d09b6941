import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { audiences, type Audience } from '../disclosure/audiences.ts';
import type { Secret } from '../disclosure/secret.ts';
import type { Surface } from './surface.ts';

/** What the auditor holds: the truth, the published release, the code, and everything else but the use of the secret. */
export interface Context {
  /** Exact cells (`grouped`), people (`snapshot`, `event`) and their keys (`record_key`); the release files are attached as `release_<audience>`. */
  workshop: DuckDBConnection;
  /** Folder of the release files. */
  folder: string;
  /** Folder of the private part: own figures. */
  ownFolder: string;
  /** The audiences whose counts are changed; one that is exact has nothing to attack. */
  noisy: readonly Audience[];
  /** Only looked for (in files, logs, environments), never used to draw a key of the release again. Null: there is no person-level data. */
  secret: Secret | null;
  /** How the release is asked questions; null while it is being built. */
  surface: Surface | null;
  /** The release before this one, and the file of what its cells were drawn from; or null. */
  before: { folder: string; drawn: string } | null;
  /** `brief`: fewer areas, questions and repetitions, for tests; the criteria are the same. */
  effort: 'full' | 'brief';
}

/** Areas that the costly attacks are tried on, at each level; of nations the smallest, which is the easiest to attack and would be lost among the others. */
export const areasFor = ({ effort }: Context, level: string): number =>
  level === 'nation' ? 1 : effort === 'full' ? 12 : 4;

/** Attaches the files of a release to the workshop, read-only, as `release_<audience>` (or another prefix). Own figures are in none. */
export async function attachRelease(workshop: DuckDBConnection, folder: string, prefix = 'release'): Promise<void> {
  for (const { id } of noisyAudiences())
    await workshop.run(`attach '${join(folder, `${id}.duckdb`).replaceAll("'", "''")}' as ${prefix}_${id} (read_only)`);
}

export async function detachRelease(workshop: DuckDBConnection, prefix = 'release'): Promise<void> {
  for (const { id } of noisyAudiences()) await workshop.run(`detach ${prefix}_${id}`);
}

/** The audiences whose counts are changed. */
export const noisyAudiences = (): Audience[] => audiences.filter(({ v }) => v > 0);

/** The last yearly period of the exact cells, as ISO text; null when there is none. */
export async function latestYear({ workshop }: Context): Promise<string | null> {
  const [row] = await rowsOf<{ latest: string | null }>(
    workshop,
    `select max(period_end)::varchar as latest from grouped where grain = 'year' and tally = 'headcount'`,
  );
  return row?.latest ?? null;
}
