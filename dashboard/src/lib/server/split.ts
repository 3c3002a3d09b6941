import type { Definition } from './fragments.ts';
import type { Dimension } from './question.ts';

/** What rows are split by where a measure has no value otherwise: parts of a whole, and what is told by time since joining. */
export function splitBy(measure: Definition): Dimension | null {
  if (measure.subject === 'retention') return 'ELAPSED';
  const part = /the row’s own part of every (?:known )?(\w+)/.exec(measure.formula)?.[1]?.toUpperCase();
  return measure.dimensions.find((id) => id === part) ?? null;
}
