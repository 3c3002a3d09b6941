import type { Catalogue, ChangeRecord, QualityRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { levels } from '../release/dimension.ts';

/** What a release says about its own data, in a stable order. */
export async function qualityOf({ db, catalogue }: OpenRelease): Promise<{
  entries: (QualityRecord & { areaLabel: string | null })[];
  changes: ChangeRecord[];
}> {
  const [entries, changes] = await Promise.all([
    db
      .selectFrom('quality')
      .selectAll()
      .orderBy('section')
      .orderBy('item')
      .orderBy('area')
      .orderBy('period_end')
      .execute(),
    db.selectFrom('change').selectAll().orderBy('kind').orderBy('subject').orderBy('detail').execute(),
  ]);
  return {
    entries: entries.map(({ period_end, ...rest }) => ({
      ...rest,
      areaLabel: labelOf(catalogue, rest.area),
      periodEnd: period_end?.toISOString().slice(0, 10) ?? null,
    })),
    changes,
  };
}

/** The name of a place or, where a statement is about a publication, its title. */
function labelOf(catalogue: Catalogue, code: string | null): string | null {
  if (code === null) return null;
  const feed = catalogue.feeds.find(({ id }) => id === code);
  if (feed) return feed.title;
  return levels.map((level) => catalogue.area(level, code)?.label).find((label) => label !== undefined) ?? null;
}
