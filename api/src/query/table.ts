import type {
  AreaRecord,
  AudienceRecord,
  CategoryRecord,
  Grain,
  PeriodRecord,
  SourceId,
} from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Level } from '../release/dimension.ts';
import type { Figure } from './figure.ts';

export const warningCodes = {
  OWN: 'Exact figures of an employer, for its own use: not for publication.',
  NOT_ADDITIVE: 'Counts were protected one by one, so parts may not add up to totals.',
  BREAK: 'A break in the series.',
  NATIONS_NOT_COMPARABLE: 'Not every nation’s figures may be compared.',
  METHOD: 'How something is counted, where nations do it in different ways.',
  METHODS_DIFFER: 'Figures that would add up what is counted in different ways, and so are not given.',
  LOW_DISCLOSURE: 'A characteristic is known for too few people to compare groups by it.',
  SUCCESSION: 'Organisations that merged or changed their code.',
  PROVISIONAL: 'Figures that may still be revised.',
  INCOMPLETE: 'Figures without somebody who sent nothing, or not given because of it.',
  ACCEPTED: 'Figures of data that looked wrong and was let pass, for a reason.',
  LOW_BASE: 'Rates withheld because their base is small.',
  SPARSE: 'Figures withheld because a table is too sparse for an area.',
  NO_TOTAL: 'No total could be given.',
  SYNTHETIC: 'Made-up data.',
} as const;
export type WarningCode = keyof typeof warningCodes;

export interface Warning {
  code: WarningCode;
  message: string;
}

/** One row of an answer: where, when, which categories, and the figures asked for by their key. */
export interface Row {
  isTotal: boolean;
  isRest: boolean;
  /** Whose figures these are: those of one’s own employer are exact, those of others as everyone is told them. */
  audience: AudienceRecord;
  level: Level;
  area: AreaRecord;
  period: PeriodRecord;
  categories: Readonly<Record<string, CategoryRecord>>;
  figures: ReadonlyMap<string, Figure>;
}

/** Figures of one place and period, whatever kind of answer they are in. */
export interface Shown {
  area: AreaRecord;
  period: PeriodRecord;
  figures: readonly Figure[];
}

/** The answer to a question about a subject. */
export interface Table {
  kind: 'table';
  open: OpenRelease;
  source: SourceId;
  grain: Grain;
  level: Level;
  rows: Row[];
  groupCount: number;
  rowCount: number;
  warnings: Warning[];
  cost: number;
}
