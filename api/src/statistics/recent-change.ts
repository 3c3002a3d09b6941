import type { Measure } from '@ahp/sql/measure';
import { levelChange } from '@ahp/sql/statistics/level-change';
import type { Figure } from '../query/figure.ts';
import { displayed } from '../query/words.ts';
import type { PeriodRecord } from '../release/catalogue.ts';
import { rises, type MarkedPoint, type SpcRule, type Variation } from './xmr.ts';

/** A change of level that a mark on one of the latest points agrees with. */
export interface RecentChange {
  /** Points of the latest stretch. */
  stretch: readonly MarkedPoint[];
  /** The latest of the points that are marked. */
  point: MarkedPoint;
  rule: SpcRule;
  variation: Variation;
  /** The first point of the new level, and both levels. */
  from: MarkedPoint;
  earlier: number;
  later: number;
  p: number;
}

/** A rule counts when it marks one of the latest points. */
const recent = 4;

/** How the level of an XmR chart changed lately; null where no mark agrees: one below the mean is no rise. */
export function recentChange(series: readonly MarkedPoint[], figure: (t: number) => Figure): RecentChange | null {
  const stretch = series.filter(({ phase }) => phase === series.at(-1)!.phase);
  const point = stretch.slice(-recent).findLast(({ rule }) => rule !== null);
  const found = levelChange(
    stretch.map(({ y }) => y),
    Math.max(stretch[0]?.sigma ?? 0, chanceSigma(stretch.map(({ t }) => figure(t)))),
  );
  if (!found || !point?.rule || !point.variation || rises(point.rule) !== found.change > 0) return null;
  const [earlier, later] = [mean(stretch.slice(0, found.before)), mean(stretch.slice(found.before))];
  const { rule, variation } = point;
  return { stretch, point, rule, variation, from: stretch[found.before]!, earlier, later, p: found.p };
}

/** `rose from about 4.0% to about 8.1% a quarter since July to September 2024`. */
export function changeText(
  { unit }: Measure,
  periods: readonly PeriodRecord[],
  { earlier, later, from, point }: RecentChange,
): string {
  const [before, after] = [displayed(earlier, unit, null), displayed(later, unit, null)];
  const { grain } = periods[point.t]!;
  return `${later > earlier ? 'rose' : 'fell'} from about ${before} to about ${after} a ${grain} since ${periods[from.t]!.label}`;
}

const mean = (points: readonly { y: number }[]) => points.reduce((sum, { y }) => sum + y, 0) / points.length;

/** Standard deviation that chance and protection alone give a point, on average over the series. */
function chanceSigma(figures: readonly Figure[]): number {
  const variances = figures.flatMap(({ numerator, denominator, noise, value }) => {
    if (value === null || numerator === null || !denominator) return [];
    const scale = numerator > 0 ? value / (numerator / denominator) : 1;
    const p = Math.min(1, Math.max(numerator, 0.5) / denominator);
    return [scale ** 2 * ((p * (1 - p)) / denominator + (noise?.sd ?? 0) ** 2 / denominator ** 2)];
  });
  return variances.length > 0 ? Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / variances.length) : 0;
}
