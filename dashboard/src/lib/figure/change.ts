import type { Unit, Value } from './figure.ts';
import { formatChange } from './format.ts';
import { flagWords, isBroken, shown } from './status.ts';

/**
 * The change between two values in words, honest about doubt: "up 3.1% on a year ago", or "no clear change on a year ago"
 * when their intervals overlap. `between` are the values after the first up to the last: across a break in the series there is no change to tell.
 * Null when either may not be shown.
 */
export function changeWords(
  from: Value | undefined,
  to: Value | undefined,
  unit: Unit,
  since: string,
  between: readonly Value[] = [],
): string | null {
  const [before, now] = [shown(from), shown(to)];
  if (before === null || now === null) return null;
  if (between.some(isBroken))
    return `not compared with ${since}: a break in the series lies between ${flagWords.BREAK.marker}`;
  const [one, other] = [from?.interval, to?.interval];
  const overlap = one && other && one.lower <= other.upper && other.lower <= one.upper;
  return overlap ? `no clear change on ${since}` : `${formatChange(before, now, unit)} on ${since}`;
}
