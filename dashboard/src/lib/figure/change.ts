import type { Unit, Value } from './figure.ts';
import { formatChange } from './format.ts';
import { shown } from './status.ts';

/**
 * The change between two values in words, honest about doubt: "up 3.1% on a year ago", or "no clear change on a year ago"
 * when their intervals overlap. Null when either may not be shown.
 */
export function changeWords(from: Value | undefined, to: Value | undefined, unit: Unit, since: string): string | null {
  const [before, now] = [shown(from), shown(to)];
  if (before === null || now === null) return null;
  const [one, other] = [from?.interval, to?.interval];
  const overlap = one && other && one.lower <= other.upper && other.lower <= one.upper;
  return overlap ? `no clear change on ${since}` : `${formatChange(before, now, unit)} on ${since}`;
}
