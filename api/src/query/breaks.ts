import type { Formula } from '@ahp/sql/measure';
import type { AreaRecord, BreakRecord, PeriodRecord } from '../catalogue.ts';
import type { Place } from './places.ts';
import type { Shown, Warning } from './table.ts';
import { listed, longDay, lowerFirst, placeName } from './words.ts';

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

/** A series that a break may touch: where its figures are, and what they are made of. */
export interface Line {
  place: Pick<Place, 'members'>;
  formula: Formula;
}

/** The breaks of a period that touch a series: those of a nation that the place lies in, or contains, and of a tally that the formula is made of. */
export function breaksAt({ breaks }: Pick<PeriodRecord, 'breaks'>, { place, formula }: Line): BreakRecord[] {
  if (breaks.length === 0) return [];
  const made = Object.keys({ ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) });
  return breaks.filter(
    ({ nation, tallies }) => made.some((tally) => tallies.has(tally)) && place.members.some(touchedBy(nation)),
  );
}

const touchedBy = (nation: AreaRecord | null) => (area: AreaRecord) =>
  nation === null || area.level === 'uk' || area.within('nation')?.code === nation.code;

/** The breaks that lie between two periods of a series: after the earlier one, up to the later one. */
export function breaksBetween(
  periods: readonly PeriodRecord[],
  line: Line,
  a: Pick<PeriodRecord, 'grain' | 'end'>,
  b: Pick<PeriodRecord, 'end'>,
): BreakRecord[] {
  const [from, to] = a.end < b.end ? [a.end, b.end] : [b.end, a.end];
  return periods
    .filter(({ grain, end }) => grain === a.grain && end > from && end <= to)
    .flatMap((period) => breaksAt(period, line));
}

/** A break in a few words: `Scotland: full-time week of 37 hours, was 37.5, from 1 April 2024`. */
export function breakText({ nation, label, from }: BreakRecord): string {
  return `${nation ? `${nation.label}: ` : ''}${label}, from ${longDay(from)}`;
}

/** What the breaks of the figures shown mean: one warning for each break, naming what it touches and, where the place is larger, whose it is. */
export function breakWarnings(rows: readonly Shown[]): Warning[] {
  const found = rows.flatMap(({ area, period, figures }) =>
    figures.flatMap(({ measure, breaks }) => breaks.map((one) => ({ one, area, period, title: measure.title }))),
  );
  return [...Map.groupBy(found, ({ one }) => one)].map(([one, touched]) => {
    const periods = [...new Set(touched.map(({ period }) => period.label))];
    const titles = [...new Set(touched.map(({ title }) => lowerFirst(title)))];
    const wider = new Set(touched.flatMap(({ area }) => (one.nation && !area.within('nation') ? placeName(area) : [])));
    const part = wider.size > 0 ? ` ${one.nation!.label} is part of ${listed([...wider])}.` : '';
    return {
      code: 'BREAK',
      message: `${listed(periods)}: a break in the series of ${listed(titles)}. ${breakText(one)}.${part} ${one.meaning}`,
    };
  });
}
