import { sql } from 'kysely';
import type { OpenRelease } from '../release/open-release.ts';
import { callMacros } from './macro-call.ts';

export const spcRules = {
  ABOVE_LIMIT: 'Above the upper limit.',
  BELOW_LIMIT: 'Below the lower limit.',
  TREND_UP: 'Part of seven points that rise.',
  TREND_DOWN: 'Part of seven points that fall.',
  TWO_OF_THREE_ABOVE: 'Two of three points near the upper limit.',
  TWO_OF_THREE_BELOW: 'Two of three points near the lower limit.',
  SHIFT_ABOVE: 'Part of seven points above the mean.',
  SHIFT_BELOW: 'Part of seven points below the mean.',
} as const;
export type SpcRule = keyof typeof spcRules;

export const variations = {
  IMPROVEMENT: 'Special cause: it changes for the better.',
  CONCERN: 'Special cause: it changes for the worse.',
  SPECIAL_CAUSE: 'Special cause, where neither way is better.',
  COMMON_CAUSE: 'Common cause: no more than the usual variation.',
} as const;
export type Variation = keyof typeof variations;

/** One value of a series; phases number the stretches between breaks. */
export interface SeriesPoint {
  series: number;
  t: number;
  phase: number;
  y: number;
}

export interface MarkedPoint extends SeriesPoint {
  mean: number;
  lower: number;
  upper: number;
  nearLower: number;
  nearUpper: number;
  /** Standard deviation of a point, from the mean moving range. */
  sigma: number;
  trial: boolean;
  rule: SpcRule | null;
  variation: Variation;
}

export type Improvement = 'increase' | 'decrease' | 'neither';

/** Which way is better, as the charts ask it. */
export const improvementOf = (direction: 'up' | 'down' | 'none'): Improvement =>
  direction === 'up' ? 'increase' : direction === 'down' ? 'decrease' : 'neither';

/** Mean moving range ÷ this is the standard deviation of a point (d2 for ranges of two). */
const d2 = 1.128;

/** XmR charts of many series at once by the macro of the release. */
export async function chartSeries(
  open: OpenRelease,
  points: readonly SeriesPoint[],
  improvement: Improvement,
): Promise<MarkedPoint[]> {
  const rows = await callMacros<
    Record<'series' | 'phase' | 'signal' | 'variation', string | null> &
      Record<'t' | 'y' | 'mean' | 'lower' | 'upper' | 'near_lower' | 'near_upper' | 'mean_range', number> & {
        trial: boolean;
      }
  >(
    open,
    {
      series: points.map(({ series }) => String(series)),
      phase: points.map(({ phase }) => String(phase)),
      t: points.map(({ t }) => t),
      y: points.map(({ y }) => y),
    },
    sql`select * from xmr('given', improvement := ${sql.lit(improvement)})`,
  );
  return rows.map((row) => ({
    series: Number(row.series),
    phase: Number(row.phase),
    t: row.t,
    y: row.y,
    mean: row.mean,
    // One point has no moving range, and so no limits but itself.
    lower: row.lower ?? row.mean,
    upper: row.upper ?? row.mean,
    nearLower: row.near_lower ?? row.mean,
    nearUpper: row.near_upper ?? row.mean,
    sigma: (row.mean_range ?? 0) / d2,
    trial: row.trial,
    rule: (row.signal?.toUpperCase() as SpcRule | undefined) ?? null,
    variation: (row.variation?.toUpperCase() as Variation | undefined) ?? 'COMMON_CAUSE',
  }));
}

/** How the latest point of a chart reads, in words. */
export function ruleText(rule: SpcRule, points: readonly MarkedPoint[]): string {
  const run = points.filter((point) => point.rule === rule).length;
  switch (rule) {
    case 'ABOVE_LIMIT':
    case 'BELOW_LIMIT':
      return `${rule === 'ABOVE_LIMIT' ? 'above the upper' : 'below the lower'} limit`;
    case 'TREND_UP':
    case 'TREND_DOWN':
      return `seven or more points that ${rule === 'TREND_UP' ? 'rise' : 'fall'} one after the other`;
    case 'TWO_OF_THREE_ABOVE':
    case 'TWO_OF_THREE_BELOW':
      return `two of three points near the ${rule === 'TWO_OF_THREE_ABOVE' ? 'upper' : 'lower'} limit`;
    default:
      return `${Math.max(7, run)} points in a row ${rule === 'SHIFT_ABOVE' ? 'above' : 'below'} the mean`;
  }
}
