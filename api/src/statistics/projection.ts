import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { askedArea } from './asked-area.ts';
import { backTestsOf, type BackTest } from './back-test.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, type Given } from './cells-plan.ts';
import { readCounts, type Counts } from './counts.ts';
import { isHidden, isKnown, observedYear, stockAt, sum } from './observed-years.ts';
import { futureYear, historyYear, type ProjectedYear } from './projected-year.ts';
import { asItWas, fit, project, under, type Multipliers } from './stock-flow.ts';

export interface ProjectionGiven extends Given {
  by?: 'band' | 'profession' | null;
  years?: number | null;
  scenario?: Partial<Record<keyof Multipliers, number | null>> | null;
  seed?: number | null;
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
  const works = (candidate: ProjectionGiven) => !(planned(candidate) instanceof Problems);
  if (made instanceof Problems) return refuseWith(made, given, context, info, works);
  const projected = await projectionOf(open, made, given, context);
  if (projected) return projected;
  const problems = new Problems('projection');
  problems.add(
    'NO_FIGURE',
    'A projection is fitted to years of which every stock is shown, and here some are withheld in each. Ask about a wider place.',
    'where',
  );
  return refuseWith(problems, given, context, info, works);
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

/** The projection; null where there is no year that it could be fitted to. */
async function projectionOf(
  open: OpenRelease,
  plans: Plans,
  given: ProjectionGiven,
  context: Context,
): Promise<Projection | null> {
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
    const year = period.flows && isKnown(setting, states, p) ? observedYear(setting, states, p) : null;
    return year && sum(year.moves.map(sum)) > 0 ? year : null;
  });
  const fitted = observed.flatMap((year) => year ?? []);
  if (fitted.length === 0) return null;
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
    area: askedArea(given, open.catalogue, context.askerOf(open)),
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

function multipliersOf(scenario: ProjectionGiven['scenario']): Multipliers {
  const of = (name: keyof Multipliers) => scenario?.[name] ?? 1;
  return {
    joiners: of('joiners'),
    leavers: of('leavers'),
    progression: of('progression'),
    apprenticeships: of('apprenticeships'),
  };
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
