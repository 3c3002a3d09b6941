import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure } from '@ahp/sql/measure';
import type { Figure } from '../query/figure.ts';

export const changes = {
  IMPROVING: 'For the better; the interval of the difference excludes zero.',
  WORSENING: 'For the worse; the interval of the difference excludes zero.',
  CHANGED: 'It changed, or some for the better and some for the worse, where neither can be called better.',
  NO_CLEAR_CHANGE: 'No clear change: the interval of the difference includes zero.',
  NOT_COMPARABLE: 'Not compared with a year before.',
} as const;
export type Change = keyof typeof changes;

/**
 * How a figure changed against what it is compared with, by which way is good. More or fewer events may come of more or fewer people, and slower
 * growth is still growth: such figures change, and others tell whether for the better.
 */
export function changeOf({ measure, comparison }: Pick<Figure, 'measure' | 'comparison'>): Change {
  if (!comparison || comparison.verdict === 'NOT_COMPARABLE') return 'NOT_COMPARABLE';
  if (comparison.verdict === 'NO_CLEAR_DIFFERENCE') return 'NO_CLEAR_CHANGE';
  if (measure.direction === 'none' || isEvents(measure) || isChange(measure)) return 'CHANGED';
  return (comparison.verdict === 'HIGHER') === (measure.direction === 'up') ? 'IMPROVING' : 'WORSENING';
}

const formulaOf = (measure: Measure) => measure.formula(argumentsOf(measure), 'extracts');

/** Counts of events. */
const isEvents = (measure: Measure) => measure.subject !== 'staff' && formulaOf(measure).kind === 'count';

/** What is a change already: growth. */
const isChange = (measure: Measure) => formulaOf(measure).kind === 'change';

/** Several changes as one: a direction only when at least two measures point that way and none the other. */
export function changeTogether(all: readonly Change[]): Change {
  const count = (change: Change) => all.filter((one) => one === change).length;
  const [better, worse] = [count('IMPROVING'), count('WORSENING')];
  if (better > 0 && worse > 0) return 'CHANGED';
  if (better > 1) return 'IMPROVING';
  if (worse > 1) return 'WORSENING';
  if (better + worse > 0 || count('NO_CLEAR_CHANGE') > 0) return 'NO_CLEAR_CHANGE';
  return count('CHANGED') > 0 ? 'CHANGED' : 'NOT_COMPARABLE';
}
