import type { BreakRecord, PeriodRecord } from './catalogue.ts';

/**
 * The periods with the breaks that fall on them: on the first of a grain that ends on the day of the break or later. The first period of all has
 * nothing before it to differ from, unless the day lies inside it.
 */
export function withBreaks(
  periods: readonly Omit<PeriodRecord, 'breaks'>[],
  breaks: readonly BreakRecord[],
): PeriodRecord[] {
  return periods.map((period) => {
    const before = periods.filter(({ grain, end }) => grain === period.grain && end < period.end);
    const fallsHere = ({ from }: BreakRecord) =>
      from <= period.end &&
      (before.length > 0 ? before.every(({ end }) => end < from) : period.start !== null && period.start < from);
    return { ...period, breaks: breaks.filter(fallsHere) };
  });
}
