import type { Definition } from '#lib/server/fragments.ts';
import { splitBy } from '#lib/server/split.ts';

/** The measures that have a value for a whole nation and year; the others are told by month, by group or by time since joining. */
export function askedByYear(measures: readonly Definition[]): Definition[] {
  return measures.filter((measure) => measure.grains.includes('YEAR') && splitBy(measure) === null);
}
