import type { ChangeRecord, QualityRecord } from '../catalogue.ts';
import type { OpenRelease } from '../open-release.ts';

/** What a release says about its own data, in a stable order. */
export async function qualityOf({ db }: OpenRelease): Promise<{ entries: QualityRecord[]; changes: ChangeRecord[] }> {
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
      periodEnd: period_end?.toISOString().slice(0, 10) ?? null,
    })),
    changes,
  };
}
