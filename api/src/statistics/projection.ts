import type { Measure } from '@ahp/sql/measure';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../catalogue.ts';
import type { Context } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';
import type { Figure, Flag } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { askedArea } from './asked-area.ts';
import { openFor, planCells, refuseWith, spend, type Given } from './cells-plan.ts';
import { readCounts, type Counts } from './counts.ts';
import { projected as definitions } from './projection-definitions.ts';
import { statistic } from './statistic.ts';
import { asItWas, fit, project, under, type FutureYear, type Multipliers, type ObservedYear } from './stock-flow.ts';

export interface ProjectionGiven extends Given {
  by?: 'band' | 'profession' | null;
  years?: number | null;
  scenario?: Partial<Record<keyof Multipliers, number | null>> | null;
  seed?: number | null;
}

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

export interface BackTest {
  period: PeriodRecord;
  predicted: Figure;
  observed: Figure;
  error: Figure;
  statement: string;
}

export interface Projection {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  base: PeriodRecord;
  states: CategoryRecord[];
  history: ProjectedYear[];
  years: ProjectedYear[];
  baseline: ProjectedYear[];
  scenario: Multipliers;
  isBaseline: boolean;
  backTest: BackTest[];
  assumptions: string[];
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** Multipliers may be from 0 to this. */
const most = 3;

/** Future stocks by a Markov model of the published yearly moves and joiners, under a scenario and as it was. */
export async function projection(
  given: ProjectionGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Projection | Refusal> {
  const open = await openFor('projection', given, context, info);
  if ('kind' in open) return open;
  const planned = (candidate: ProjectionGiven) => planProjection(candidate, open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  return projectionOf(open, made, given, context);
}

interface Plans {
  moves: Plan;
  stock: Plan;
}

function planProjection(given: ProjectionGiven, open: OpenRelease, context: Context): Plans | Problems {
  const problems = new Problems('projection');
  const years = given.years ?? 5;
  if (!(years >= 1 && years <= 10)) problems.add('OUT_OF_RANGE', 'years must be between 1 and 10.', 'years');
  for (const [name, value] of Object.entries(given.scenario ?? {}))
    if (value !== null && !(value >= 0 && value <= most))
      problems.add('OUT_OF_RANGE', `${name} must be between 0 and ${most}.`, 'scenario', name);
  const by = given.by ?? 'band';
  const whole = { last: { count: 600, grain: 'year' } } as const;
  const { profession: _profession, ...others } = given.where ?? {};
  const moves = planCells(
    'projection',
    { where: by === 'band' ? others : given.where, by: [by, 'to_state'], period: whole },
    open,
    context,
  );
  const stock = planCells('projection', { where: given.where, by: [by], period: whole }, open, context);
  for (const one of [moves, stock]) if (one instanceof Problems) problems.list.push(...one.list);
  if (moves instanceof Problems || stock instanceof Problems || problems.any) return problems;
  if (moves.periods.filter(({ flows }) => flows).length === 0)
    problems.add('UNKNOWN_PERIOD', 'A projection needs the moves of at least one year.', 'where');
  return problems.any ? problems : { moves, stock };
}

async function projectionOf(
  open: OpenRelease,
  plans: Plans,
  given: ProjectionGiven,
  context: Context,
): Promise<Projection> {
  const by = given.by ?? 'band';
  const cost = spend(context, plans.moves, plans.stock);
  const [moved, stocked] = await Promise.all([
    readCounts(open, plans.moves, { transitions: { transitions: 1 } }),
    readCounts(open, plans.stock, {
      headcount: { headcount: 1 },
      start: { headcount_start: 1 },
      joiners: { joiners_support: 1 },
      leavers: { leavers_support: 1 },
    }),
  ]);
  const narrowed = by === 'band' && !!given.where?.profession?.length;
  const setting = { by, moved, stocked, narrowed };
  const latest = plans.stock.periods.length - 1;
  const all = plans.stock.groups.map(({ categories }) => categories[by]!);
  const states = all.filter((_, g) =>
    plans.stock.periods.some((_, p) => (stocked.count('headcount', g, p).value ?? 0) > 0),
  );
  const observed = plans.stock.periods.map((period, p) => {
    const year = period.flows ? observedYear(setting, states, p) : null;
    return year && sum(year.moves.map(sum)) > 0 ? year : null;
  });
  const fitted = observed.flatMap((year) => year ?? []);
  const model = fit(fitted);
  const stock = states.map((state) => stockAt(setting, state, latest));
  const shownStates = states.map((state) => ({ state, hidden: isHidden(setting, state, latest) }));
  const scenario = multipliersOf(given.scenario);
  const isBaseline = Object.values(scenario).every((value) => value === 1);
  const base = plans.stock.periods[latest]!;
  const [years, seed] = [given.years ?? 5, given.seed ?? 1];
  const future = (by: Multipliers) =>
    project(under(model, by), stock, years, seed).map((year, i, list) =>
      futureYear(year, i, base, shownStates, i === 0 ? sum(stock) : list[i - 1]!.total),
    );
  const baseline = future(asItWas);
  const shown = isBaseline ? baseline : future(scenario);
  return {
    kind: 'table',
    open,
    area: askedArea(given.where, open.catalogue, context.asker),
    base,
    states,
    history: plans.stock.periods.map((period, p) => historyYear(setting, states, period, p, observed[p] ?? null)),
    years: shown,
    baseline,
    scenario,
    isBaseline,
    backTest: backTestsOf(setting, states, observed),
    assumptions: assumptionsOf(
      moved,
      by,
      narrowed,
      fitted.length,
      model.pooled.map((i) => states[i]!.label),
    ),
    warnings: warningsOf({ ...plans.stock, periods: [base] }, [], [], false),
    statement: sentence(stock, shown, isBaseline),
    cost,
  };
}

interface Setting {
  by: 'band' | 'profession';
  moved: Counts;
  stocked: Counts;
  /** Whether the stock is of some professions only, and the moves of all. */
  narrowed: boolean;
}

const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);

function multipliersOf(scenario: ProjectionGiven['scenario']): Multipliers {
  const of = (name: keyof Multipliers) => scenario?.[name] ?? 1;
  return {
    joiners: of('joiners'),
    leavers: of('leavers'),
    progression: of('progression'),
    apprenticeships: of('apprenticeships'),
  };
}

function at(counts: Counts, key: string, by: string, state: CategoryRecord, p: number, toState?: string): number {
  const g = counts.plan.groups.findIndex(
    ({ categories }) =>
      categories[by]!.code === state.code && (toState === undefined || categories.to_state!.code === toState),
  );
  return g < 0 ? 0 : (counts.count(key, g, p).value ?? 0);
}

const stockAt = ({ stocked, by }: Setting, state: CategoryRecord, p: number) => at(stocked, 'headcount', by, state, p);

/**
 * What happened in one year. Apprentices stay in the state that they started in, for the published moves do not say which band they are
 * in. Who came otherwise than as a joiner is what is missing for the stocks to balance, so that the model reproduces the year.
 */
function observedYear(setting: Setting, states: readonly CategoryRecord[], p: number): ObservedYear {
  const { moved, stocked, by, narrowed } = setting;
  const to = (state: CategoryRecord, code: string) => at(moved, 'transitions', by, state, p, code);
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
function leavingRatio({ moved, stocked, by }: Setting, states: readonly CategoryRecord[], p: number): number {
  const left = sum(states.map((state) => at(stocked, 'leavers', by, state, p)));
  const start = sum(states.map((state) => at(stocked, 'start', by, state, p)));
  const codes = [...moved.plan.catalogue.categoriesOf('to_state').keys()];
  const gone = sum(
    states.flatMap((state) => ['left', 'registered'].map((code) => at(moved, 'transitions', by, state, p, code))),
  );
  const all = sum(states.flatMap((state) => codes.map((code) => at(moved, 'transitions', by, state, p, code))));
  return start > 0 && gone > 0 && all > 0 ? left / start / (gone / all) : 1;
}

/** Whether the people of a state are too few to be shown; a forecast that starts from them would tell how many they are. */
function isHidden({ stocked, by }: Setting, state: CategoryRecord, p: number): boolean {
  const g = stocked.plan.groups.findIndex(({ categories }) => categories[by]!.code === state.code);
  const { displayMinimum } = stocked.plan.catalogue.audience;
  const { value, status } = stocked.count('headcount', g, p);
  return value === null ? status === 'CONFIDENTIAL' : value > 0 && value < displayMinimum;
}

const forecast: readonly Flag[] = ['FORECAST'];

function futureYear(
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

function historyYear(
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

/** Each year predicted from the years before it alone. */
function backTestsOf(
  setting: Setting,
  states: readonly CategoryRecord[],
  observed: readonly (ObservedYear | null)[],
): BackTest[] {
  return observed.flatMap((year, p): BackTest[] => {
    const known = observed.slice(0, p).flatMap((earlier) => earlier ?? []);
    if (!year || known.length === 0) return [];
    const period = setting.stocked.plan.periods[p]!;
    const [next] = project(
      fit(known),
      states.map((state) => stockAt(setting, state, p - 1)),
      1,
      1,
    );
    const found = sum(states.map((state) => stockAt(setting, state, p)));
    const error = found > 0 ? next!.total / found - 1 : null;
    const predicted = statistic(definitions.stock, {
      value: next!.total,
      lower: next!.limits.total.lower,
      upper: next!.limits.total.upper,
      method: 'seeded draws of the moves and of chance',
      flags: forecast,
    });
    const inside = found >= next!.limits.total.lower && found <= next!.limits.total.upper;
    const off = statistic(definitions.error, { value: error });
    return [
      {
        period,
        predicted,
        observed: statistic(definitions.stock, { value: found }),
        error: off,
        statement: `${period.label} from the years before it: ${predicted.display} predicted, ${Math.round(found).toLocaleString('en-GB')} found (${off.display}); the interval ${inside ? 'held' : 'did not hold'} what was found.`,
      },
    ];
  });
}

function assumptionsOf(
  moved: Counts,
  by: string,
  narrowed: boolean,
  years: number,
  pooled: readonly string[],
): string[] {
  return [
    `Every year people move as they did on average over the last ${years === 1 ? 'year' : `${years} years`}, and as many join as then.`,
    'Leavers are those who left AHP support or went on long leave; people who come back, or come from other work or coding, are entrants and are not part of the joiners multiplier.',
    'Apprentices stay in the band that they started the year in until they become registered; the apprenticeships multiplier is of those who become registered.',
    by === 'band'
      ? 'The progression multiplier is of moves to any higher band.'
      : 'By profession, moves between professions are counted as entrants, and the progression multiplier has no effect.',
    ...(narrowed
      ? [
          'Moves are those of all professions together, because they are not published by profession and band; leaving is as frequent as in these professions.',
        ]
      : []),
    ...(isWithheld(moved)
      ? [
          'Moves that are withheld, because they are of few people, are left out: those people appear to stay away and to come in again.',
        ]
      : []),
    ...(pooled.length > 0
      ? [`Too few moves to go by in ${pooled.join(', ')}: there, people leave as in all ${by}s together.`]
      : []),
    'The interval is of not knowing the yearly moves exactly, and of chance in who moves and joins; it does not cover a change in joining, in policy or in the economy. See how the last years would have been predicted.',
  ];
}

const isWithheld = ({ plan, count }: Counts) =>
  plan.groups.some((_, g) =>
    plan.periods.some(({ flows }, p) => flows && count('transitions', g, p).status === 'CONFIDENTIAL'),
  );

function sentence(stock: readonly number[], years: readonly ProjectedYear[], isBaseline: boolean): string {
  const last = years.at(-1)!;
  const now = Math.round(sum(stock)).toLocaleString('en-GB');
  const range = last.total.interval
    ? ` (95 % interval ${Math.round(last.total.interval.lower).toLocaleString('en-GB')} to ${Math.round(last.total.interval.upper).toLocaleString('en-GB')})`
    : '';
  return `${isBaseline ? 'If nothing changes' : 'Under this scenario'}, ${now} people become about ${last.total.display} by ${last.label}${range}.`;
}
