import type { Catalogue, CategoryRecord, Grain, Holding, PeriodRecord, SourceId } from '../release/catalogue.ts';
import type { Level } from '../release/dimension.ts';
import type { Place } from './places.ts';

/** One published cell of a plan’s set and level: an area, and one category for each dimension of the set. */
export interface Member {
  area: string;
  codes: readonly string[];
}

/** One line of an answer: a place and a category of each dimension asked for; its figures are sums over `members`. */
export interface Group {
  place: Place;
  categories: Readonly<Record<string, CategoryRecord>>;
  members: readonly Member[];
}

/** The extent of an answer: some groups in some periods of one table. */
export interface Extent {
  catalogue: Catalogue;
  source: SourceId;
  holding: Holding;
  grain: Grain;
  level: Level;
  /** Dimensions of the table, in alphabetical order. */
  set: readonly string[];
  groups: readonly Group[];
  periods: readonly PeriodRecord[];
}
