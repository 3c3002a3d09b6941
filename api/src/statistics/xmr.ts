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
  YEAR_ABOVE: 'Part of a year above what the years before it lead to expect.',
  YEAR_BELOW: 'Part of a year below what the years before it lead to expect.',
} as const;
export type SpcRule = keyof typeof spcRules;

export const variations = {
  IMPROVEMENT: 'Special cause: it changes for the better.',
  CONCERN: 'Special cause: it changes for the worse.',
  SPECIAL_CAUSE: 'Special cause, where neither way is better.',
  COMMON_CAUSE: 'Common cause: no more than the usual variation.',
} as const;
export type Variation = keyof typeof variations;

/** One point of a series, null where it is missing; phases number the stretches between breaks. */
export interface SeriesPoint {
  series: number;
  t: number;
  phase: number;
  y: number | null;
}

/** The lines of a chart at one point; near ones are of XmR charts alone. */
export interface PointLimits {
  mean: number;
  lower: number;
  upper: number;
  nearLower: number | null;
  nearUpper: number | null;
}

export interface MarkedPoint extends SeriesPoint {
  y: number;
  /** Null where a stretch has one point: nothing says how much it varies. */
  limits: PointLimits | null;
  /** Standard deviation of a point, from the mean moving range. */
  sigma: number;
  trial: boolean;
  rule: SpcRule | null;
  /** Null where a stretch has too few points for a verdict. */
  variation: Variation | null;
}

/** A verdict takes this many points of a stretch; with fewer than `settled`, its limits are for trial. */
export const points = { verdict: 12, settled: 20 };

export type Improvement = 'increase' | 'decrease' | 'neither';

/** Which way is better, as the charts ask it. */
export const improvementOf = (direction: 'up' | 'down' | 'none'): Improvement =>
  direction === 'up' ? 'increase' : direction === 'down' ? 'decrease' : 'neither';

/** Mean moving range ÷ this is the standard deviation of a point (d2 for ranges of two). */
const d2 = 1.128;

/** XmR charts of many series at once by the macro of the release; a missing point gets no mark, and no run reaches across it. */
export async function chartSeries(
  open: OpenRelease,
  given: readonly SeriesPoint[],
  improvement: Improvement,
): Promise<MarkedPoint[]> {
  const rows = await callMacros<
    Record<'series' | 'phase' | 'signal' | 'variation', string | null> &
      Record<'t' | 'y' | 'mean', number> &
      Record<'lower' | 'upper' | 'near_lower' | 'near_upper' | 'mean_range', number | null>
  >(
    open,
    {
      series: given.map(({ series }) => String(series)),
      phase: given.map(({ phase }) => String(phase)),
      t: given.map(({ t }) => t),
      y: given.map(({ y }) => y ?? NaN),
    },
    sql`, points as (select series, phase, t, if(isnan(y), null, y) as y from given)
      select * from xmr('points', improvement := ${sql.lit(improvement)})`,
  );
  const counts = countsOf(given);
  return rows.map((row) => {
    const { t, y, mean } = row;
    const [series, phase] = [Number(row.series), Number(row.phase)];
    const count = counts.get(`${series}|${phase}`)!;
    const told = count >= points.verdict;
    return {
      series,
      phase,
      t,
      y,
      limits:
        row.lower === null
          ? null
          : { mean, lower: row.lower, upper: row.upper!, nearLower: row.near_lower, nearUpper: row.near_upper },
      sigma: (row.mean_range ?? 0) / d2,
      trial: count < points.settled,
      rule: told ? ((row.signal?.toUpperCase() as SpcRule | undefined) ?? null) : null,
      variation: told ? ((row.variation?.toUpperCase() as Variation | undefined) ?? 'COMMON_CAUSE') : null,
    };
  });
}

/** Points that are there, by series and stretch. */
export function countsOf(given: readonly SeriesPoint[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { series, phase, y } of given)
    if (y !== null) counts.set(`${series}|${phase}`, (counts.get(`${series}|${phase}`) ?? 0) + 1);
  return counts;
}

const upwards: readonly SpcRule[] = ['ABOVE_LIMIT', 'TREND_UP', 'TWO_OF_THREE_ABOVE', 'SHIFT_ABOVE', 'YEAR_ABOVE'];

/** Whether a rule says that the figure rose. */
export const rises = (rule: SpcRule) => upwards.includes(rule);

/** What a rule, or none, says where this way is better. */
export function variationOf(rule: SpcRule | null, direction: 'up' | 'down' | 'none'): Variation {
  if (rule === null) return 'COMMON_CAUSE';
  if (direction === 'none') return 'SPECIAL_CAUSE';
  return rises(rule) === (direction === 'up') ? 'IMPROVEMENT' : 'CONCERN';
}

/** How the latest point of a chart reads, in words. */
export function ruleText(rule: SpcRule, series: readonly MarkedPoint[]): string {
  const run = series.filter((point) => point.rule === rule).length;
  switch (rule) {
    case 'ABOVE_LIMIT':
    case 'BELOW_LIMIT':
      return `${rule === 'ABOVE_LIMIT' ? 'above the upper' : 'below the lower'} limit`;
    case 'YEAR_ABOVE':
    case 'YEAR_BELOW':
      return `a year ${rule === 'YEAR_ABOVE' ? 'above' : 'below'} what the years before it lead to expect`;
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
