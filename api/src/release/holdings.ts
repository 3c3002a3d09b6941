import type { ReleaseSchema } from '@ahp/sql/schema';
import { sql, type Kysely } from 'kysely';
import {
  byEnd,
  distinct,
  tableKey,
  type AreaRecord,
  type BreakRecord,
  type Grain,
  type Holding,
  type PolicyRecord,
} from './catalogue.ts';
import { holdsTable } from './holds-table.ts';
import { withBreaks } from './period-breaks.ts';
import { successionBreaks } from './succession-breaks.ts';
import { readMarks } from './read-marks.ts';
import { readVacancyMethods } from './read-vacancy-methods.ts';
import type { Level } from './dimension.ts';

/** What the protected cells hold: periods, tables, who reported, and, by the cells of `inCommon`, what nations do not collect. */
export async function protectedHolding(
  db: Kysely<ReleaseSchema>,
  areas: readonly AreaRecord[],
  breaks: readonly BreakRecord[],
  inCommon = db,
): Promise<Holding> {
  const whole = sql<boolean>`cell."set" = ''::set_t`;
  const [vacancyMethods, marks, periods, policy, reported, snapshots, inPost, opening, totals] = await Promise.all([
    readVacancyMethods(db),
    readMarks(db),
    db.selectFrom('period').selectAll().execute(),
    db.selectFrom('policy').selectAll().execute(),
    db
      .selectFrom('cell')
      .select(['grain', sql<string>`period_end::varchar`.as('end'), 'area'])
      .where(whole)
      .distinct()
      .execute(),
    inCommon
      .selectFrom('cell')
      .select(['grain', sql<string>`period_end::varchar`.as('end'), 'area'])
      .where(whole)
      .where(sql<boolean>`level = 'nation'::level_t and tally = try_cast('headcount' as tally_t)`)
      .distinct()
      .execute(),
    inCommon
      .selectFrom('cell')
      .select(['area', sql<string>`max(period_end)::varchar`.as('last')])
      .where(whole)
      .where(inPostAtEnd)
      .groupBy('area')
      .execute(),
    inCommon
      .selectFrom('cell')
      .innerJoin('period', (join) =>
        join.onRef('period.grain', '=', 'cell.grain').onRef('period.period_end', '=', 'cell.period_end'),
      )
      .select(['cell.grain', sql<string>`cell.period_end::varchar`.as('end'), 'cell.tally'])
      .where(whole)
      .where('period.flows', '=', false)
      .distinct()
      .execute(),
    inCommon
      .selectFrom('cell')
      .innerJoin('area', (join) => join.on(sql<boolean>`area.code::area_t = cell.area and area.level = cell.level`))
      .select([
        sql<string>`area.nation`.as('nation'),
        'tally',
        sql<number>`coalesce(sum(value), 0)::double`.as('total'),
      ])
      .where(whole)
      .where(sql<boolean>`cell.level = 'organisation'::level_t`)
      .groupBy(['area.nation', 'tally'])
      .execute(),
  ]);
  const grains = new Set(policy.map(({ grain }) => grain));
  return {
    source: 'extracts',
    feed: null,
    periods: withBreaks(
      periods
        .filter(({ grain }) => grains.has(grain))
        .map((row) => ({
          grain: row.grain as Grain,
          start: day(row.period_start),
          end: day(row.period_end)!,
          label: row.label,
          flows: row.flows,
          provisional: row.provisional,
          complete: true,
        }))
        .sort(byEnd),
      [...breaks, ...successionBreaks(areas, inPost)],
    ),
    policy: distinct(policy.map(policyOf), tableKey),
    tallies: new Set(policy.map(({ grain, level, set, tally }) => `${grain}|${level}|${set}|${tally}`)),
    nations: new Set<string>(),
    reported: new Set(reported.map(({ grain, end, area }) => `${grain}|${end}|${area}`)),
    silent: silentAt(snapshots),
    opening: new Set(opening.map(({ grain, end, tally }) => `${grain}|${end}|${tally}`)),
    uncollected: uncollectedIn(totals),
    vacancyMethods,
    listsWithheld: await holdsTable(db, 'withheld'),
    likeForLike: policy.some(({ tally }) => tally === 'headcount_end'),
    marks,
  };
}

/** Every nation of some snapshot and every day of one, but for those that go together. */
function silentAt(snapshots: readonly { grain: string; end: string; area: string }[]): Set<string> {
  const sent = new Set(snapshots.map(({ grain, end, area }) => `${grain}|${end}|${area}`));
  return new Set(
    [...Map.groupBy(snapshots, ({ grain }) => grain)].flatMap(([grain, some]) =>
      [...new Set(some.map(({ end }) => end))].flatMap((end) =>
        [...new Set(some.map(({ area }) => area))]
          .map((area) => `${grain}|${end}|${area}`)
          .filter((key) => !sent.has(key)),
      ),
    ),
  );
}

/** How many people of a tally a nation would have by its size when it has none, for the tally to count as not collected there. */
const clearlyMissing = 20;

/** Tallies that a nation never has although, by its share of the headcount, it should: it does not collect them. */
function uncollectedIn(totals: readonly { nation: string | null; tally: string; total: number }[]): Set<string> {
  const of = (nation: string | null, tally: string) =>
    totals
      .filter((row) => row.tally === tally && (nation === null || row.nation === nation))
      .reduce((sum, { total }) => sum + total, 0);
  const nations = [...new Set(totals.flatMap(({ nation }) => nation ?? []))];
  const tallies = [...new Set(totals.map(({ tally }) => tally))];
  return new Set(
    nations.flatMap((nation) => {
      const share = of(nation, 'headcount') / of(null, 'headcount');
      return tallies
        .filter((tally) => of(nation, tally) === 0 && share * of(null, tally) > clearlyMissing)
        .map((tally) => `${nation}|${tally}`);
    }),
  );
}

/** What each publication of the release holds. */
export async function publishedHoldings(
  db: Kysely<ReleaseSchema>,
  areas: readonly AreaRecord[],
  breaks: readonly BreakRecord[],
): Promise<Holding[]> {
  const [tallies, periods, nations, reported, inPost] = await Promise.all([
    db.selectFrom('published_cell').select(['feed', 'grain', 'level', 'set', 'tally']).distinct().execute(),
    db.selectFrom('published_period').selectAll().execute(),
    db
      .selectFrom('published_cell')
      .select(['feed', 'area'])
      .where(sql<boolean>`level = 'nation'::level_t`)
      .distinct()
      .execute(),
    db
      .selectFrom('published_cell')
      .select(['feed', 'grain', sql<string>`period_end::varchar`.as('end'), 'area'])
      .distinct()
      .execute(),
    db
      .selectFrom('published_cell')
      .select(['feed', 'area', sql<string>`max(period_end)::varchar`.as('last')])
      .where(inPostAtEnd)
      .groupBy(['feed', 'area'])
      .execute(),
  ]);
  const feeds = [...new Set(tallies.map(({ feed }) => feed))].sort();
  return feeds.map((feed) => {
    const held = tallies.filter((row) => row.feed === feed);
    return {
      source: 'published',
      feed,
      periods: withBreaks(
        periods
          .filter((row) => row.feed === feed)
          .map((row) => ({
            grain: row.grain as Grain,
            start: day(row.period_start),
            end: day(row.period_end)!,
            label: row.label,
            flows: true,
            provisional: false,
            complete: row.complete,
          }))
          .sort(byEnd),
        [
          ...breaks,
          ...successionBreaks(
            areas,
            inPost.filter((row) => row.feed === feed),
          ),
        ],
      ),
      policy: distinct(
        held.map(policyOf),
        ({ grain, level, dimensions }) => `${grain}|${level}|${dimensions.join('+')}`,
      ),
      tallies: new Set(held.map(({ grain, level, set, tally }) => `${grain}|${level}|${set}|${tally}`)),
      nations: new Set(nations.filter((row) => row.feed === feed).map(({ area }) => area)),
      reported: new Set(
        reported.filter((row) => row.feed === feed).map(({ grain, end, area }) => `${grain}|${end}|${area}`),
      ),
      silent: new Set<string>(),
      opening: new Set<string>(),
      uncollected: new Set<string>(),
      vacancyMethods: new Map(),
      listsWithheld: false,
      likeForLike: false,
      marks: new Map(),
    };
  });
}

const inPostAtEnd = sql<boolean>`level = 'organisation'::level_t and tally = try_cast('headcount' as tally_t) and value > 0`;

function policyOf({ grain, level, set }: { grain: string; level: string; set: string }): PolicyRecord {
  return { grain: grain as Grain, level: level as Level, dimensions: set ? set.split('+') : [] };
}

const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
