import { join } from 'node:path';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { releaseFolder } from './folder.ts';
import type { Manifest } from './manifest.ts';

/** A release and the periods that it tells of, by extract and publication. */
export interface Told {
  version: string;
  extractPeriods: Record<string, string[]>;
  /** False for a release from before manifests named them: it may have had other extracts too. */
  whole: boolean;
}

/** What a release tells of, by its manifest; of one from before manifests said so, the months and publications that are in its public file. */
export async function periodsBefore(data: string, release: Manifest | null): Promise<Told | null> {
  if (release === null) return null;
  const { version, extractPeriods } = release;
  if (extractPeriods !== undefined) return { version, extractPeriods, whole: true };
  const instance = await openWorkshop(':memory:');
  try {
    const connection = await instance.connect();
    const path = join(releaseFolder(data, version), 'public.duckdb');
    await connection.run(`attach '${path.replaceAll("'", "''")}' as release (read_only)`);
    const rows = await rowsOf<{ source: string; period: string }>(
      connection,
      `select 'workforce' as source, 'month ' || period_end as period from release.period where grain = 'month'
       union all select feed::varchar, grain::varchar || ' ' || period_end from release.published_period where complete order by all`,
    );
    const sources = Map.groupBy(rows, ({ source }) => source);
    return {
      version,
      extractPeriods: Object.fromEntries([...sources].map(([name, all]) => [name, all.map(({ period }) => period)])),
      whole: false,
    };
  } finally {
    instance.closeSync();
  }
}
