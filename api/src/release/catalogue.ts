import type { Geography, Level } from './dimension.ts';
import type { Mark } from './read-marks.ts';

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

/** A day from which some tallies of a nation are counted in another way; of all nations when `nation` is null. */
export interface BreakRecord {
  from: string;
  nation: AreaRecord | null;
  /** Codes of the organisations of which one took the others over, each with a series of its own; null where the break is no succession. */
  organisations: ReadonlySet<string> | null;
  tallies: ReadonlySet<string>;
  label: string;
  meaning: string;
  source: string;
}

/** How vacancies are counted, which nations do in different ways. */
export interface VacancyMethod {
  code: string;
  label: string;
  meaning: string;
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
  /** Breaks that fall on it; which figures each touches depends on the place and on the measure. */
  breaks: readonly BreakRecord[];
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
  /** Nations that sent no snapshot at the end of a period although they do of others: `grain|end|nation`. */
  silent: ReadonlySet<string>;
  /** Tallies that an opening snapshot holds, which has a stock and no movements: `grain|end|tally`. */
  opening: ReadonlySet<string>;
  /** Tallies that a nation does not collect: `nation|tally`. */
  uncollected: ReadonlySet<string>;
  /** By which methods the vacancies of an area were counted: `grain|end|area`. */
  vacancyMethods: ReadonlyMap<string, readonly VacancyMethod[]>;
  /** Whether it lists what is withheld of its cells, so that an absent one is not always 0. */
  listsWithheld: boolean;
  /** Whether it counts who was in post at the end of a period at employers that reported at both ends. */
  likeForLike: boolean;
  /** What the release says of figures of an area: `grain|end|area`. */
  marks: ReadonlyMap<string, readonly Mark[]>;
}

/** What a release holds apart from its cells, read once when it is opened. */
export class Catalogue {
  readonly release: ReleaseRecord;
  readonly audience: AudienceRecord;
  readonly areas: readonly AreaRecord[];
  readonly dimensions: readonly DimensionRecord[];
  readonly holdings: readonly Holding[];
  readonly feeds: readonly FeedRecord[];
  readonly breaks: readonly BreakRecord[];
  readonly #byCode: ReadonlyMap<string, AreaRecord>;
  readonly #categories: ReadonlyMap<string, ReadonlyMap<string, CategoryRecord>>;

  constructor(
    parts: Pick<Catalogue, 'release' | 'audience' | 'areas' | 'dimensions' | 'holdings' | 'feeds' | 'breaks'>,
  ) {
    this.release = parts.release;
    this.audience = parts.audience;
    this.areas = parts.areas;
    this.dimensions = parts.dimensions;
    this.holdings = parts.holdings;
    this.feeds = parts.feeds;
    this.breaks = parts.breaks;
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

/** A table of cells by name: `year|nation|band+profession`. */
export const tableKey = ({ grain, level, dimensions }: PolicyRecord) => `${grain}|${level}|${dimensions.join('+')}`;

/** Items whose keys differ; of those with the same key the last. */
export function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Oldest first. */
export const byEnd = (a: Pick<PeriodRecord, 'end'>, b: Pick<PeriodRecord, 'end'>) =>
  a.end < b.end ? -1 : a.end > b.end ? 1 : 0;
