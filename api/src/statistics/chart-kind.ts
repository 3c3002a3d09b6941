import type { Formula } from '@ahp/sql/measure';
import type { Figure } from '../query/figure.ts';
import { noiseVariance, personsIn, sumVariance } from '../query/noise.ts';
import type { AudienceRecord } from '../release/catalogue.ts';
import type { Tally } from '@ahp/sql/tally';

export const chartKinds = {
  XMR: 'XmR chart: limits from the moving ranges of the points, and four rules.',
  EXACT:
    'Too few events a point for an XmR chart: limits that chance and the protection of counts leave exactly, no rules of runs, and a verdict of the latest year.',
  NONE: 'No limits: too few events, of a figure for which there are no exact ones.',
} as const;
export type ChartKind = keyof typeof chartKinds;

/** What a figure counts as events: people, in how many protected counts for each cell, and how that protection varies. */
export interface Events {
  /** What the numerator holds for one person. */
  unit: number;
  /** Tallies that the numerator adds up, each protected by itself. */
  counts: number;
  /** Variance of the protection of the numerator for each cell, in people squared. */
  v: number;
  /** Whether every tally is a count of people, so that there are exact limits. */
  exact: boolean;
}

/** The events of a formula; null where its numerator is a difference or no count of anything that happens to people. */
export function eventsIn(formula: Formula, audience: AudienceRecord): Events | null {
  const terms = Object.entries(formula.numerator) as [Tally, number][];
  if (formula.kind === 'change' || ('signed' in formula && formula.signed) || terms.some(([, weight]) => weight !== 1))
    return null;
  const unit = personsIn(formula.numerator);
  const exact = unit === 1 && terms.every(([tally]) => noiseVariance(audience, tally) === audience.v);
  return { unit, counts: terms.length, v: sumVariance(audience, formula.numerator) / unit ** 2, exact };
}

/** An XmR chart needs this many events a point, and one more for each unit of variance of the protection. */
const fewestEvents = 4;

/** The chart for a series, by the mean of its published events a point. */
export function kindOf(events: Events | null, figures: readonly Figure[]): ChartKind {
  const shown = figures.filter(({ value }) => value !== null);
  if (!events || shown.length === 0) return 'XMR';
  const mean = shown.reduce((sum, figure) => sum + eventsOf(figure, events), 0) / shown.length;
  const cells = Math.max(1, ...shown.map(({ noise }) => noise?.cells ?? 1));
  if (mean >= fewestEvents + events.v * cells) return 'XMR';
  return events.exact ? 'EXACT' : 'NONE';
}

/** Events of a figure that is shown: people. */
export const eventsOf = ({ numerator, value }: Figure, { unit }: Pick<Events, 'unit'>) => (numerator ?? value!) / unit;
