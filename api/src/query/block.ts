import type { Formula, Measure } from '@ahp/sql/measure';
import type { Catalogue, Grain, Holding } from '../release/catalogue.ts';
import type { Level } from '../release/dimension.ts';
import type { Member } from './group.ts';

/** Cells of one table, to be summed by group and period. */
export interface Block {
  level: Level;
  set: readonly string[];
  /** For each group (numbered by the caller), the cells that it is the sum of. */
  groups: readonly { g: number; members: readonly Member[] }[];
  /** For each period (numbered by the caller), its last day. */
  periods: readonly { p: number; end: string }[];
}

/** The same groups and periods seen through one lens, and what they are compared with. */
export interface View {
  blocks: readonly Block[];
  beside: readonly Block[];
}

/** A figure to make: numerators are read in the view `part`, denominators in the view `whole`. */
export interface FigureAsked {
  key: string;
  measure: Measure;
  formula: Formula;
  part: number;
  whole: number;
}

/** Of which file and publication cells are. */
export interface Source {
  catalogue: Catalogue;
  holding: Holding;
}

/** What to read. The first view has every group. */
export interface Reading extends Source {
  grain: Grain;
  /** Where the cells are that figures are compared with. */
  beside: Source;
  views: readonly View[];
  figures: readonly FigureAsked[];
}
