import type { Measure } from '@ahp/sql/measure';
import type { PeriodRecord } from '../release/catalogue.ts';
import type { Figure } from '../query/figure.ts';
import type { Change } from './change.ts';

/** A measure of a scorecard: its latest figure, how it changed, and the years so far. */
export interface ScorecardRow {
  measure: Measure;
  figure: Figure;
  change: Change;
  trend: { period: PeriodRecord; figure: Figure }[];
  statement: string;
}
