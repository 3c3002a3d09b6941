import type { Figure } from '../query/figure.ts';

export const changes = {
  IMPROVING: 'For the better; the interval of the difference excludes zero.',
  WORSENING: 'For the worse; the interval of the difference excludes zero.',
  CHANGED: 'It changed, or some for the better and some for the worse, where neither can be called better.',
  NO_CLEAR_CHANGE: 'No clear change: the interval of the difference includes zero.',
  NOT_COMPARABLE: 'Not compared with a year before.',
} as const;
export type Change = keyof typeof changes;

/** How a figure changed against what it is compared with, by which way is good. */
export function changeOf({ measure, comparison }: Figure): Change {
  if (!comparison || comparison.verdict === 'NOT_COMPARABLE') return 'NOT_COMPARABLE';
  if (comparison.verdict === 'NO_CLEAR_DIFFERENCE') return 'NO_CLEAR_CHANGE';
  if (measure.direction === 'none') return 'CHANGED';
  return (comparison.verdict === 'HIGHER') === (measure.direction === 'up') ? 'IMPROVING' : 'WORSENING';
}

/** Several changes as one: a direction only when nothing points the other way. */
export function changeTogether(all: readonly Change[]): Change {
  const has = (change: Change) => all.includes(change);
  if (has('IMPROVING') && has('WORSENING')) return 'CHANGED';
  for (const change of ['IMPROVING', 'WORSENING', 'NO_CLEAR_CHANGE', 'CHANGED'] as const)
    if (has(change)) return change;
  return 'NOT_COMPARABLE';
}
