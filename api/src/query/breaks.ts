import type { Formula } from '@ahp/sql/measure';
import { tallyOfADay } from '@ahp/sql/tally';
import type { AreaRecord, BreakRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Place } from './places.ts';
import type { Shown, Warning } from './table.ts';
import { listed, longDay, lowerFirst, placeName } from './words.ts';

/** A series that a break may touch: where its figures are, and what they are made of. */
export interface Line {
  place: Pick<Place, 'members'>;
  formula: Formula;
}

/**
 * The breaks of a period that touch a series: those of a nation that the place lies in, or contains, and of a tally that the formula is made of; and
 * those of organisations that became one, unless the place is all of them together.
 */
export function breaksAt({ breaks }: Pick<PeriodRecord, 'breaks'>, { place, formula }: Line): BreakRecord[] {
  if (breaks.length === 0) return [];
  const made = talliesOf(formula);
  return breaks.filter(
    (one) => made.some((tally) => one.tallies.has(tally)) && (one.organisations ? isPart : isWithin)(one, place),
  );
}

const talliesOf = (formula: Formula) =>
  Object.keys({ ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) });

function isPart({ organisations }: BreakRecord, { members }: Line['place']): boolean {
  const found = members.filter(({ level, code }) => level === 'organisation' && organisations!.has(code));
  return found.length > 0 && found.length < organisations!.size;
}

const isWithin = ({ nation }: BreakRecord, { members }: Line['place']) => members.some(touchedBy(nation));

const touchedBy = (nation: AreaRecord | null) => (area: AreaRecord) =>
  nation === null || area.level === 'uk' || area.within('nation')?.code === nation.code;

/**
 * The breaks that lie between two periods of a series: after the earlier one, up to the later one; and in the earlier one where its figures are
 * of a whole window, which such a break goes through.
 */
export function breaksBetween(
  periods: readonly PeriodRecord[],
  line: Line,
  a: Pick<PeriodRecord, 'grain' | 'end'>,
  b: Pick<PeriodRecord, 'end'>,
): BreakRecord[] {
  const [from, to] = a.end < b.end ? [a.end, b.end] : [b.end, a.end];
  const ofAWindow = from < to && talliesOf(line.formula).some((tally) => !tallyOfADay.has(tally));
  return periods
    .filter(({ grain, end }) => grain === a.grain && (end > from || (ofAWindow && end === from)) && end <= to)
    .flatMap((period) => breaksAt(period, line));
}

/** A break in a few words: `Scotland: full-time week of 37 hours, was 37.5, from 1 April 2024`. */
export function breakText({ nation, label, from }: BreakRecord): string {
  return `${nation ? `${nation.label}: ` : ''}${label}, from ${longDay(from)}`;
}

/**
 * What the breaks of the figures shown mean: one warning for each break, naming what it touches and, where the place is larger, whose it is.
 * Successions have a warning of their own.
 */
export function breakWarnings(rows: readonly Shown[]): Warning[] {
  const found = rows.flatMap(({ area, period, figures }) =>
    figures.flatMap(({ measure, breaks }) =>
      breaks.flatMap((one) => (one.organisations ? [] : [{ one, area, period, title: measure.title }])),
    ),
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
