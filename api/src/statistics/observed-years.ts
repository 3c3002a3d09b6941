import type { CategoryRecord } from '../release/catalogue.ts';
import type { Counts } from './counts.ts';
import type { ObservedYear } from './stock-flow.ts';

/** The published moves and stocks that a projection is fitted to. */
export interface Setting {
  by: 'band' | 'profession';
  moved: Counts;
  stocked: Counts;
  /** Whether the stock is of some professions only, and the moves of all. */
  narrowed: boolean;
}

/** The sum of a list of numbers. */
export const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);

function at(counts: Counts, key: string, by: string, state: CategoryRecord, p: number, toState?: string): number {
  const g = counts.plan.groups.findIndex(
    ({ categories }) =>
      categories[by]!.code === state.code && (toState === undefined || categories.to_state!.code === toState),
  );
  return g < 0 ? 0 : (counts.count(key, g, p).value ?? 0);
}

/**
 * People who moved from a state to another in a year. What is withheld is no zero: those of the start who are in no move that is shown stayed,
 * where how many stayed is withheld, as it is where nobody else came; else the moves withheld share them in equal parts.
 */
function moveOf({ moved, stocked, by }: Setting, state: CategoryRecord, p: number, code: string): number {
  const from = moved.plan.groups.flatMap(({ categories }, g) =>
    categories[by]!.code === state.code ? [{ to: categories.to_state!.code, ...moved.count('transitions', g, p) }] : [],
  );
  const found = from.find(({ to }) => to === code);
  if (!found || found.value !== null || found.status !== 'CONFIDENTIAL') return found?.value ?? 0;
  const hidden = from.flatMap(({ to, value, status }) => (value === null && status === 'CONFIDENTIAL' ? [to] : []));
  const rest = Math.max(0, at(stocked, 'start', by, state, p) - sum(from.map(({ value }) => value ?? 0)));
  if (hidden.includes(state.code)) return code === state.code ? rest : 0;
  return rest / hidden.length;
}

/** Whether the stocks of a year are known; one without is left out. */
export function isKnown({ stocked }: Setting, states: readonly CategoryRecord[], p: number): boolean {
  const codes = states.map(({ code }) => code);
  return stocked.plan.groups.every(
    ({ categories }, g) =>
      !Object.values(categories).some(({ code }) => codes.includes(code)) ||
      ['headcount', 'start', 'joiners'].every((key) => {
        // A count too small to be shown alone is there for sums.
        const { value, status } = stocked.count(key, g, p);
        return value !== null || status !== 'CONFIDENTIAL';
      }),
  );
}

/** People of a state at the end of a period. */
export const stockAt = ({ stocked, by }: Setting, state: CategoryRecord, p: number) =>
  at(stocked, 'headcount', by, state, p);

/**
 * What happened in one year. Apprentices stay in the state that they started in, for the published moves do not say which band they are
 * in. Who came otherwise than as a joiner is what is missing for the stocks to balance, so that the model reproduces the year.
 */
export function observedYear(setting: Setting, states: readonly CategoryRecord[], p: number): ObservedYear {
  const { moved, stocked, by, narrowed } = setting;
  const to = (state: CategoryRecord, code: string) => moveOf(setting, state, p, code);
  const scale = states.map((state) => {
    const all = sum([...moved.plan.catalogue.categoriesOf('to_state').keys()].map((code) => to(state, code)));
    const start = at(stocked, 'start', by, state, p);
    return narrowed && all > 0 ? start / all : 1;
  });
  const leaving = narrowed ? leavingRatio(setting, states, p) : 1;
  const exits = ['left', 'registered', 'inactive', 'apprentice'];
  const raw = states.map((state, i) => {
    const left = to(state, 'left') * scale[i]! * leaving;
    const stays = states.map((target, j) => {
      const apprentices = i === j ? to(state, 'apprentice') : 0;
      if (by === 'band') return (to(state, target.code) + apprentices) * scale[i]!;
      const kept = [...moved.plan.catalogue.categoriesOf('to_state').keys()].filter((code) => !exits.includes(code));
      return i === j ? (sum(kept.map((code) => to(state, code))) + apprentices) * scale[i]! : 0;
    });
    // With another leaver rate than all professions together, who does not leave stays where they are.
    stays[i] = Math.max(0, stays[i]! + to(state, 'left') * scale[i]! * (1 - leaving));
    return {
      stays,
      left,
      registered: to(state, 'registered') * scale[i]!,
      inactive: to(state, 'inactive') * scale[i]!,
    };
  });
  const joiners = states.map((state) => at(stocked, 'joiners', by, state, p));
  return {
    moves: raw.map(({ stays }) => stays),
    left: raw.map(({ left }) => left),
    registered: raw.map(({ registered }) => registered),
    inactive: raw.map(({ inactive }) => inactive),
    joiners,
    otherIn: states.map(
      (state, j) => stockAt(setting, state, p) - sum(raw.map(({ stays }) => stays[j]!)) - joiners[j]!,
    ),
  };
}

/** How much more often the people of these professions leave than all professions do. */
function leavingRatio(setting: Setting, states: readonly CategoryRecord[], p: number): number {
  const { moved, stocked, by } = setting;
  const left = sum(states.map((state) => at(stocked, 'leavers', by, state, p)));
  const start = sum(states.map((state) => at(stocked, 'start', by, state, p)));
  const codes = [...moved.plan.catalogue.categoriesOf('to_state').keys()];
  const gone = sum(states.flatMap((state) => ['left', 'registered'].map((code) => moveOf(setting, state, p, code))));
  const all = sum(states.flatMap((state) => codes.map((code) => moveOf(setting, state, p, code))));
  return start > 0 && gone > 0 && all > 0 ? left / start / (gone / all) : 1;
}

/** Whether the people of a state are too few to be shown; a forecast that starts from them would tell how many they are. */
export function isHidden({ stocked, by }: Setting, state: CategoryRecord, p: number): boolean {
  const g = stocked.plan.groups.findIndex(({ categories }) => categories[by]!.code === state.code);
  const { displayMinimum } = stocked.plan.catalogue.audience;
  const { value, status } = stocked.count('headcount', g, p);
  return value === null ? status === 'CONFIDENTIAL' : value > 0 && value < displayMinimum;
}
