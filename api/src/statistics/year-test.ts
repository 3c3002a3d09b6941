import type { Measure } from '@ahp/sql/measure';
import { exactLimits, exactP } from '@ahp/sql/statistics/published-counts';
import type { Figure } from '../query/figure.ts';
import { displayed } from '../query/words.ts';
import type { PeriodRecord } from '../release/catalogue.ts';
import { perOf } from './charted-measure.ts';
import { eventsOf, type Events } from './chart-kind.ts';
import type { SignificanceTest } from './test-result.ts';
import { variationOf, type PointLimits, type SpcRule, type Variation } from './xmr.ts';

/** The years of one series, oldest first, with the stretches between breaks that they lie in. */
export interface Years {
  periods: readonly PeriodRecord[];
  figures: readonly Figure[];
  phases: readonly number[];
}

/** The latest year against what those before it lead to expect. */
export interface YearTest {
  period: PeriodRecord;
  figure: Figure;
  /** Events that the years before lead to expect in this one. */
  expected: number;
  /** Years that this was worked out from. */
  years: number;
  /** That, and what chance and the protection of counts leave of it 19 times in 20, in the unit of the measure; null without a verdict. */
  limits: PointLimits | null;
  test: SignificanceTest | null;
  /** Null without a verdict. */
  variation: Variation | null;
  /** Which way it changed, where it did. */
  rule: SpcRule | null;
  statement: string;
}

/** Years that the latest is compared with, and the fewest of them. */
const baseline = { most: 3, fewest: 2 };
/** Fewer events expected in a year cannot tell even twice as many from chance. */
export const fewestInYear = 5;
/** Of series in which nothing changed, the share that a test may call a change. */
export const clear = 0.05;

/** The test of the latest year that is shown; null where no year is, or none before it in the same stretch. */
export function yearTest(measure: Measure, events: Events, { periods, figures, phases }: Years): YearTest | null {
  const t = figures.findLastIndex(({ value }) => value !== null);
  if (t < 0) return null;
  const before = figures.slice(0, t).filter(({ value }, i) => value !== null && phases[i] === phases[t]);
  const base = before.slice(-baseline.most);
  const latest = figures[t]!;
  if (base.length === 0) return null;
  const size = ({ denominator }: Figure) => denominator ?? 1;
  const add = (of: (figure: Figure) => number) => base.reduce((sum, figure) => sum + of(figure), 0);
  const points = add(size) / size(latest);
  const expected = add((figure) => eventsOf(figure, events)) / points;
  const told = { period: periods[t]!, figure: latest, expected, years: base.length };
  const without = { ...told, limits: null, test: null, variation: null, rule: null };
  if (base.length < baseline.fewest)
    return { ...without, statement: 'No verdict: it takes two earlier years without a break.' };
  if (expected < fewestInYear || !(size(latest) > 0))
    return {
      ...without,
      statement: `No verdict: the years before lead to expect about ${Math.round(expected)} in a year, and even twice as many would mostly be missed.`,
    };
  const cells = events.counts * (latest.noise?.cells ?? 1);
  const given = { mean: expected, points, cells, v: events.v / events.counts };
  const { lower, upper } = exactLimits(given, clear);
  const observed = eventsOf(latest, events);
  const rule: SpcRule | null = observed > upper ? 'YEAR_ABOVE' : observed < lower ? 'YEAR_BELOW' : null;
  const variation = variationOf(rule, measure.direction);
  const inUnit = (count: number) => (count * perOf(measure)) / size(latest);
  const range = [lower, upper].map((count) => displayed(inUnit(count), measure.unit, null)).join(' to ');
  return {
    ...told,
    limits: {
      mean: inUnit(expected),
      lower: inUnit(lower),
      upper: inUnit(upper),
      nearLower: null,
      nearUpper: null,
    },
    test: testOf(exactP(given, observed)),
    variation,
    rule,
    statement: `In ${lowerYear(told.period.label)} it was ${latest.display}, where the ${base.length} years before lead to expect ${range}, ${events.v > 0 ? 'chance and the protection of counts' : 'chance'} included: ${verdicts[variation]}.`,
  };
}

const verdicts: Record<Variation, string> = {
  COMMON_CAUSE: 'no clear change',
  IMPROVEMENT: 'an improvement',
  CONCERN: 'a concern',
  SPECIAL_CAUSE: 'a change',
};

function testOf(pValue: number): SignificanceTest {
  const display = pValue < 0.001 ? 'p < 0.001' : `p = ${pValue.toFixed(3)}`;
  return {
    name: 'Exact test of a year',
    statistic: null,
    df: null,
    pValue,
    display,
    statement: `${display}: how often chance and the protection of counts alone would move the year so far from those before.`,
  };
}

const lowerYear = (label: string) =>
  /^year/i.test(label) ? `the ${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
