import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { differenceOf, sideOf, type Difference, type Side } from './difference.ts';
import { currentVersion, latestVersion, listReleases, releaseFolder } from './folder.ts';
import type { Change, Manifest } from './manifest.ts';
import { compareVersions, nextVersion } from './version.ts';
import { refuseVanished } from './vanished.ts';
import { verifyRelease } from './verify.ts';

/** Where the workshop keeps what a release file is filled from. */
const workshop: Side = {
  period: 'release_period',
  break: 'release_break',
  category: 'release_category',
  area: 'release_area',
  policy: `(select * from policy_row where audience = 'public')`,
  cell: 'protected_public',
  published_feed: 'release_published_feed',
  published_period: 'release_published_period',
  published_cell: 'release_published_cell',
};

/**
 * Compares what is about to be published with the release before, and names the new version by what changed (see version.ts).
 * Writes the change list to `release_change`. Throws Refusal when figures are gone that it has (see vanished.ts).
 */
export async function compareWithPrevious(
  connection: DuckDBConnection,
  data: string,
  previous: Manifest | null,
  fewerFigures = false,
): Promise<{ version: string; changes: Change[] }> {
  const changes = previous ? changesOf(await differenceFrom(connection, data, previous.version, fewerFigures)) : [];
  await connection.run('create or replace table release_change (kind varchar, subject varchar, detail varchar)');
  const appender = await connection.createAppender('release_change');
  for (const change of changes) {
    for (const text of [change.kind, change.subject, change.detail]) appender.appendVarchar(text);
    appender.endRow();
  }
  appender.closeSync();
  return { version: nextVersion(latestVersion(data), changes), changes };
}

/** The release to compare with: the current one, or the newest published one that is whole when that is damaged; null when there is none. */
export async function releaseBefore(data: string): Promise<Manifest | null> {
  const current = currentVersion(data);
  const published = listReleases(data).filter(({ state }) => state === 'published');
  const order = published.sort((a, b) => compareVersions(b.version, a.version));
  const first = order.filter(({ version }) => version === current);
  for (const release of [...first, ...order.filter(({ version }) => version !== current)])
    if ((await verifyRelease(data, release.version)).length === 0) return release;
  return null;
}

/** The change list of a difference, revised values counted by period. */
export function changesOf({ added, removed, relabelled, revised }: Difference): Change[] {
  const list = (kind: Change['kind'], items: Difference['added']) =>
    items.map(({ subject, item }) => ({ kind, subject, detail: item }));
  const byPeriod = Map.groupBy(revised, ({ source, grain, periodEnd }) => `${source}|${grain} to ${periodEnd}`);
  const values = [...byPeriod].map(([key, revisions]): Change => {
    const [source, period] = key.split('|');
    const cells = revisions.reduce((sum, revision) => sum + revision.cells, 0);
    const subject = source === 'cells' ? 'values' : `values of ${source}`;
    return {
      kind: 'revised',
      subject,
      detail: `${period}: ${cells.toLocaleString('en-GB')} cell${cells === 1 ? '' : 's'}`,
    };
  });
  return [...list('removed', removed), ...list('added', added), ...list('relabelled', relabelled), ...values];
}

async function differenceFrom(
  connection: DuckDBConnection,
  data: string,
  version: string,
  fewerFigures: boolean,
): Promise<Difference> {
  const path = join(releaseFolder(data, version), 'public.duckdb');
  await connection.run(`attach '${path.replaceAll("'", "''")}' as earlier (read_only)`);
  try {
    const before = await sideOf(connection, 'earlier');
    await refuseVanished(connection, { version, before, now: workshop }, fewerFigures);
    return await differenceOf(connection, before, workshop);
  } finally {
    await connection.run('detach earlier');
  }
}
