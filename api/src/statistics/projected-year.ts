import type { Measure } from '@ahp/sql/measure';
import type { CategoryRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Figure, Flag } from '../query/figure.ts';
import { isHidden, stockAt, sum, type Setting } from './observed-years.ts';
import { projected as definitions } from './projection-definitions.ts';
import { statistic } from './statistic.ts';
import type { FutureYear, ObservedYear } from './stock-flow.ts';

/** One year of a projection, or of what came before it: stocks at its end and what happened in it. */
export interface ProjectedYear {
  label: string;
  end: string;
  total: Figure;
  joiners: Figure;
  leavers: Figure;
  toRegistered: Figure;
  states: { state: CategoryRecord; people: Figure }[];
  conserved: boolean;
}

/** The mark of every figure of the future. */
export const forecast: readonly Flag[] = ['FORECAST'];

/** A year of the model as figures; `before` is the stock that it began with. */
export function futureYear(
  year: FutureYear,
  i: number,
  base: PeriodRecord,
  states: readonly { state: CategoryRecord; hidden: boolean }[],
  before: number,
): ProjectedYear {
  const first = Number(base.end.slice(0, 4)) + i;
  const people = (measure: Measure, value: number, lower?: number, upper?: number) =>
    statistic(measure, { value, lower, upper, method: 'seeded draws of the moves and of chance', flags: forecast });
  const { limits } = year;
  return {
    label: `${first}/${String((first + 1) % 100).padStart(2, '0')}`,
    end: `${first + 1}${base.end.slice(4)}`,
    total: people(definitions.stock, year.total, limits.total.lower, limits.total.upper),
    joiners: people(definitions.entrants, year.joiners),
    leavers: people(definitions.leavers, year.leavers),
    toRegistered: people(definitions.registered, year.registered),
    states: states.map(({ state, hidden }, j) => ({
      state,
      people: hidden
        ? statistic(definitions.stock, { value: null, status: 'CONFIDENTIAL', flags: forecast })
        : people(definitions.stock, year.stock[j]!, limits.lower[j], limits.upper[j]),
    })),
    conserved:
      Math.abs(before + year.joiners - year.leavers - year.registered - year.total) < 1e-6 * Math.max(1, year.total),
  };
}

/** A year that is over as figures. */
export function historyYear(
  setting: Setting,
  states: readonly CategoryRecord[],
  { label, end }: PeriodRecord,
  p: number,
  year: ObservedYear | null,
): ProjectedYear {
  const stock = states.map((state) => stockAt(setting, state, p));
  const people = (measure: Measure, value: number | null) => statistic(measure, { value, status: 'NOT_AVAILABLE' });
  const entrants = year && sum(year.joiners) + sum(year.otherIn);
  return {
    label,
    end,
    total: people(definitions.stock, sum(stock)),
    joiners: people(definitions.entrants, entrants),
    leavers: people(definitions.leavers, year && sum(year.left) + sum(year.inactive)),
    toRegistered: people(definitions.registered, year && sum(year.registered)),
    states: states.map((state, j) => ({
      state,
      people: isHidden(setting, state, p)
        ? statistic(definitions.stock, { value: null, status: 'CONFIDENTIAL' })
        : people(definitions.stock, stock[j]!),
    })),
    conserved:
      year === null || Math.abs(sum(year.moves.map(sum)) + entrants! - sum(stock)) < 1e-6 * Math.max(1, sum(stock)),
  };
}
