import { sql, type Kysely } from 'kysely';
import type { ReleaseSchema } from '@ahp/sql/schema';
import { dimensionById, levels, type Geography, type Level } from './query/dimension.ts';

export type Grain = 'month' | 'quarter' | 'year';
export type SourceId = 'extracts' | 'published';

export interface ReleaseRecord {
  version: string;
  title: string;
  createdAt: string;
  publishedAt: string | null;
  synthetic: boolean;
  hasExtracts: boolean;
  hasPublished: boolean;
  codeVersion: string;
  citation: string;
  licence: string;
}

export interface AudienceRecord {
  id: string;
  label: string;
  d: number;
  v: number;
  js: number;
  displayMinimum: number;
  rateMinimum: number;
}

export interface AreaRecord {
  level: Level;
  code: string;
  label: string;
  labelCy: string | null;
  kind: string | null;
  sizeBand: string | null;
  validFrom: string | null;
  validTo: string | null;
  successor: string | null;
  nation: string | null;
  region: string | null;
  system: string | null;
  /** The area of this level that it lies in, or null. */
  within: (level: Geography) => AreaRecord | null;
}

export interface CategoryRecord {
  dimension: string;
  code: string;
  label: string;
  labelCy: string | null;
  validFrom: string | null;
  validTo: string | null;
}

export interface DimensionRecord {
  id: string;
  label: string;
  sensitive: boolean;
  protectedCharacteristic: boolean;
  categories: CategoryRecord[];
}

export interface PeriodRecord {
  grain: Grain;
  start: string | null;
  end: string;
  label: string;
  flows: boolean;
  provisional: boolean;
  /** False for a part-year of a publication. */
  complete: boolean;
  breakNote: string | null;
}

export interface PolicyRecord {
  grain: Grain;
  level: Level;
  dimensions: readonly string[];
}

export interface FeedRecord {
  id: string;
  title: string;
  publisher: string;
  licence: string;
  url: string | null;
  note: string | null;
}

export interface QualityRecord {
  section: string;
  item: string;
  area: string | null;
  periodEnd: string | null;
  value: number | null;
  /** What the value counts; null in releases of before. */
  unit?: string | null;
  /** Whether somebody should look into it. */
  alert?: boolean | null;
  note: string | null;
}

export interface ChangeRecord {
  kind: string;
  subject: string;
  detail: string;
}

/** What one source of a release holds: the protected cells, or one publication. */
export interface Holding {
  source: SourceId;
  feed: string | null;
  /** Oldest first. */
  periods: PeriodRecord[];
  policy: PolicyRecord[];
  /** Whether the set has the tally at all: `grain|level|set|tally`. */
  tallies: ReadonlySet<string>;
  /** Nations that a publication covers; empty for extracts. */
  nations: ReadonlySet<string>;
  /** Who reported in which period: `grain|end|area` of nations, `uk` and organisations. */
  reported: ReadonlySet<string>;
  /** Tallies that an opening snapshot holds, which has a stock and no movements: `grain|end|tally`. */
  opening: ReadonlySet<string>;
  /** Tallies that a nation does not collect: `nation|tally`. */
  uncollected: ReadonlySet<string>;
}

/** What a release holds apart from its cells, read once when it is opened. */
export class Catalogue {
  readonly release: ReleaseRecord;
  readonly audience: AudienceRecord;
  readonly areas: readonly AreaRecord[];
  readonly dimensions: readonly DimensionRecord[];
  readonly holdings: readonly Holding[];
  readonly feeds: readonly FeedRecord[];
  readonly #byCode: ReadonlyMap<string, AreaRecord>;
  readonly #categories: ReadonlyMap<string, ReadonlyMap<string, CategoryRecord>>;

  constructor(parts: Pick<Catalogue, 'release' | 'audience' | 'areas' | 'dimensions' | 'holdings' | 'feeds'>) {
    this.release = parts.release;
    this.audience = parts.audience;
    this.areas = parts.areas;
    this.dimensions = parts.dimensions;
    this.holdings = parts.holdings;
    this.feeds = parts.feeds;
    this.#byCode = new Map(parts.areas.map((area) => [`${area.level}|${area.code}`, area]));
    this.#categories = new Map(
      parts.dimensions.map(({ id, categories }) => [
        id,
        new Map(categories.map((category) => [category.code, category])),
      ]),
    );
  }

  get defaultSource(): SourceId {
    return this.holdings.some(({ source }) => source === 'extracts') ? 'extracts' : 'published';
  }

  area(level: Level, code: string): AreaRecord | null {
    return this.#byCode.get(`${level}|${code}`) ?? null;
  }

  areasAt(level: Level): AreaRecord[] {
    return this.areas.filter((area) => area.level === level);
  }

  categoriesOf(dimension: string): ReadonlyMap<string, CategoryRecord> {
    return this.#categories.get(dimension) ?? new Map();
  }

  holdingsOf(source: SourceId): Holding[] {
    return this.holdings.filter((holding) => holding.source === source);
  }

  /** Periods and tables of a source; those of several publications side by side. */
  source(source: SourceId): { periods: PeriodRecord[]; policy: PolicyRecord[] } {
    const holdings = this.holdingsOf(source);
    return {
      periods: distinct(
        holdings.flatMap(({ periods }) => periods),
        ({ grain, end }) => `${grain}|${end}`,
      ).sort(byEnd),
      policy: distinct(
        holdings.flatMap(({ policy }) => policy),
        tableKey,
      ),
    };
  }
}

/** Reads the catalogue of an open release; one pass over the cells tells what is held where. */
export async function readCatalogue(db: Kysely<ReleaseSchema>): Promise<Catalogue> {
  const [release, audience, areas, dimensions, categories, feeds] = await Promise.all([
    db.selectFrom('release').selectAll().executeTakeFirstOrThrow(),
    db.selectFrom('audience').selectAll().executeTakeFirstOrThrow(),
    db.selectFrom('area').selectAll().execute(),
    db.selectFrom('dimension').selectAll().orderBy('sort').orderBy('id').execute(),
    db.selectFrom('category').selectAll().orderBy('sort').orderBy('code').execute(),
    db.selectFrom('published_feed').selectAll().orderBy('feed').execute(),
  ]);
  const holdings = [
    ...(release.has_extracts ? [await protectedHolding(db)] : []),
    ...(release.has_published ? await publishedHoldings(db) : []),
  ];
  return new Catalogue({
    release: {
      version: release.version,
      title: release.title,
      createdAt: moment(release.created_at)!,
      publishedAt: moment(release.published_at),
      synthetic: release.synthetic,
      hasExtracts: release.has_extracts,
      hasPublished: release.has_published,
      codeVersion: release.code_version,
      citation: release.citation,
      licence: release.licence,
    },
    audience: {
      id: audience.id,
      label: audience.label,
      d: audience.d,
      v: audience.v,
      js: audience.js,
      displayMinimum: audience.display_minimum,
      rateMinimum: audience.rate_minimum,
    },
    areas: linked(areas),
    dimensions: dimensions
      .filter(({ id }) => dimensionById.has(id))
      .map(({ id, label, sensitive, protected_characteristic }) => ({
        id,
        label,
        sensitive,
        protectedCharacteristic: protected_characteristic,
        categories: categories
          .filter(({ dimension }) => dimension === id)
          .map(({ dimension, code, label, label_cy, valid_from, valid_to }) => ({
            dimension,
            code,
            label,
            labelCy: label_cy,
            validFrom: day(valid_from),
            validTo: day(valid_to),
          })),
      })),
    holdings,
    feeds: feeds.map(({ feed, ...rest }) => ({ id: feed, ...rest })),
  });
}

function linked(rows: (Omit<ReleaseSchema['area'], 'level'> & { level: string })[]): AreaRecord[] {
  const byCode = new Map<string, AreaRecord>();
  const areas = rows.map((row): AreaRecord => ({
    level: row.level as Level,
    code: row.code,
    label: row.label,
    labelCy: row.label_cy,
    kind: row.kind,
    sizeBand: row.size_band,
    validFrom: day(row.valid_from),
    validTo: day(row.valid_to),
    successor: row.successor,
    nation: row.nation,
    region: row.region,
    system: row.system,
    within(level) {
      return level === this.level
        ? this
        : (byCode.get(`${level}|${level === 'organisation' ? this.code : this[level]}`) ?? null);
    },
  }));
  for (const area of areas) byCode.set(`${area.level}|${area.code}`, area);
  return areas.sort(
    (a, b) =>
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      a.label.localeCompare(b.label, 'en-GB') ||
      (a.code < b.code ? -1 : 1),
  );
}

async function protectedHolding(db: Kysely<ReleaseSchema>): Promise<Holding> {
  const whole = sql<boolean>`cell."set" = ''::set_t`;
  const [periods, policy, reported, opening, totals] = await Promise.all([
    db.selectFrom('period').selectAll().execute(),
    db.selectFrom('policy').selectAll().execute(),
    db
      .selectFrom('cell')
      .select(['grain', sql<string>`period_end::varchar`.as('end'), 'area'])
      .where(whole)
      .distinct()
      .execute(),
    db
      .selectFrom('cell')
      .innerJoin('period', (join) =>
        join.onRef('period.grain', '=', 'cell.grain').onRef('period.period_end', '=', 'cell.period_end'),
      )
      .select(['cell.grain', sql<string>`cell.period_end::varchar`.as('end'), 'cell.tally'])
      .where(whole)
      .where('period.flows', '=', false)
      .distinct()
      .execute(),
    db
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
    periods: periods
      .filter(({ grain }) => grains.has(grain))
      .map((row): PeriodRecord => ({
        grain: row.grain as Grain,
        start: day(row.period_start),
        end: day(row.period_end)!,
        label: row.label,
        flows: row.flows,
        provisional: row.provisional,
        complete: true,
        breakNote: row.break_note,
      }))
      .sort(byEnd),
    policy: distinct(policy.map(policyOf), tableKey),
    tallies: new Set(policy.map(({ grain, level, set, tally }) => `${grain}|${level}|${set}|${tally}`)),
    nations: new Set<string>(),
    reported: new Set(reported.map(({ grain, end, area }) => `${grain}|${end}|${area}`)),
    opening: new Set(opening.map(({ grain, end, tally }) => `${grain}|${end}|${tally}`)),
    uncollected: uncollectedIn(totals),
  };
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

async function publishedHoldings(db: Kysely<ReleaseSchema>): Promise<Holding[]> {
  const [tallies, periods, nations, reported] = await Promise.all([
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
  ]);
  const feeds = [...new Set(tallies.map(({ feed }) => feed))].sort();
  return feeds.map((feed) => {
    const held = tallies.filter((row) => row.feed === feed);
    return {
      source: 'published',
      feed,
      periods: periods
        .filter((row) => row.feed === feed)
        .map((row): PeriodRecord => ({
          grain: row.grain as Grain,
          start: day(row.period_start),
          end: day(row.period_end)!,
          label: row.label,
          flows: true,
          provisional: false,
          complete: row.complete,
          breakNote: null,
        }))
        .sort(byEnd),
      policy: distinct(
        held.map(policyOf),
        ({ grain, level, dimensions }) => `${grain}|${level}|${dimensions.join('+')}`,
      ),
      tallies: new Set(held.map(({ grain, level, set, tally }) => `${grain}|${level}|${set}|${tally}`)),
      nations: new Set(nations.filter((row) => row.feed === feed).map(({ area }) => area)),
      reported: new Set(
        reported.filter((row) => row.feed === feed).map(({ grain, end, area }) => `${grain}|${end}|${area}`),
      ),
      opening: new Set<string>(),
      uncollected: new Set<string>(),
    };
  });
}

function policyOf({ grain, level, set }: { grain: string; level: string; set: string }): PolicyRecord {
  return { grain: grain as Grain, level: level as Level, dimensions: set ? set.split('+') : [] };
}

export const tableKey = ({ grain, level, dimensions }: PolicyRecord) => `${grain}|${level}|${dimensions.join('+')}`;

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

const byEnd = (a: PeriodRecord, b: PeriodRecord) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0);
const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
const moment = (date: Date | null) => date && `${date.toISOString().slice(0, 19)}Z`;
