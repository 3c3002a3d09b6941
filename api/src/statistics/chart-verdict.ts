import type { Figure } from '../query/figure.ts';
import type { PeriodRecord } from '../release/catalogue.ts';
import type { ChartKind } from './chart-kind.ts';
import { recentChange, type RecentChange } from './recent-change.ts';
import type { MarkedPoint, SpcRule, Variation } from './xmr.ts';
import { clear, type YearTest } from './year-test.ts';

/** What a chart says in the end. */
export interface ChartVerdict {
  /** The points, those of a year that was found to differ marked so. */
  points: MarkedPoint[];
  latest: MarkedPoint | null;
  /** A change of level that the latest point does not show by itself. */
  changed: RecentChange | null;
  variation: Variation | null;
  rule: SpcRule | null;
}

/**
 * The verdict of a chart: what marks its latest point; else, of an XmR chart, a clear change of level that a mark on one of the latest points
 * agrees with; else the test of the latest year, which finds twice as many events where the limits of single points let them pass.
 */
export function chartVerdict(
  kind: ChartKind,
  marked: readonly MarkedPoint[],
  year: YearTest | null,
  { figure, periods }: { figure: (t: number) => Figure; periods: readonly Pick<PeriodRecord, 'end'>[] },
): ChartVerdict {
  const quiet = marked.length > 0 && !marked.at(-1)!.rule;
  const change = kind === 'XMR' && quiet ? recentChange(marked, figure) : null;
  const changed = change && change.p <= clear ? change : null;
  const points = marked.map((point) => (changed ? point : withYear(point, periods[point.t]!, year)));
  const latest = points.at(-1) ?? null;
  const calm = kind === 'EXACT' ? (year?.variation ?? null) : ((changed ?? latest)?.variation ?? null);
  return {
    points,
    latest,
    changed,
    variation: latest?.rule ? latest.variation : latest && calm,
    rule: latest?.rule ?? changed?.rule ?? null,
  };
}

/** A point of the year that was found to differ is part of that, unless it is outside the limits by itself. */
function withYear(point: MarkedPoint, { end }: Pick<PeriodRecord, 'end'>, year: YearTest | null): MarkedPoint {
  if (!year?.rule || point.rule) return point;
  const within = end <= year.period.end && monthsBetween(end, year.period.end) < 12;
  return within ? { ...point, rule: year.rule, variation: year.variation } : point;
}

const monthsBetween = (from: string, to: string) =>
  12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
