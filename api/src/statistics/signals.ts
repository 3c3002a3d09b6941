import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure } from '@ahp/sql/measure';
import { benjaminiHochberg } from '@ahp/sql/statistics/benjamini-hochberg';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { falseDiscoveryRate } from '../query/clear-difference.ts';
import type { Figure } from '../query/figure.ts';
import { formulaOf } from '../query/lenses.ts';
import type { Plan } from '../query/plan.ts';
import { checkPage } from '../query/page.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { askedArea } from './asked-area.ts';
import { chartedMeasure } from './charted-measure.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, type Given } from './cells-plan.ts';
import { readCounts } from './counts.ts';
import { funnelOf, planFunnel } from './funnel.ts';
import type { FunnelPosition } from './funnel-limits.ts';
import { reporting } from './reporting.ts';
import { phasesOf } from './spc.ts';
import { eventsIn, kindOf } from './chart-kind.ts';
import { changeText, recentChange } from './recent-change.ts';
import { yearTest, type YearTest } from './year-test.ts';
import {
  chartSeries,
  improvementOf,
  points as needed,
  rises,
  ruleText,
  type MarkedPoint,
  type SeriesPoint,
  type SpcRule,
  type Variation,
} from './xmr.ts';

export type SignalKind = 'SPC' | 'FUNNEL';
export type Severity = 'HIGH' | 'MEDIUM' | 'LOW';

export interface SignalsGiven extends Given {
  kinds?: readonly SignalKind[] | null;
  measures?: readonly string[] | null;
  first?: number | null;
}

export interface Signal {
  area: AreaRecord;
  measure: Measure;
  kind: SignalKind;
  rule: SpcRule | null;
  position: FunnelPosition | null;
  period: PeriodRecord;
  figure: Figure;
  variation: Variation;
  severity: Severity;
  statement: string;
}

export interface Signals {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  signals: Signal[];
  signalCount: number;
  screened: number;
  organisations: number;
  warnings: Warning[];
  statement: string;
  cost: number;
}

const charted = ['leaver_rate', 'joiner_rate'];
const funnelled = ['leaver_rate', 'band_up_rate'];
/** Months of one employer are withheld too often, and the low ones more than the high ones, to be screened. */
const latestQuarters = (count: number) => ({ last: { count, grain: 'quarter' } }) as const;
/** Quarters looked at: as many as keep the cells of all organisations within a request, from two years to six. */
const quarters = { fewest: 12, most: 24, cells: 2800 };
/** Years looked at where a quarter has too few events: the latest and three before it. */
const years = { last: { count: 4, grain: 'year' } } as const;

/** What stands out: organisations and nations whose own series changed, and organisations apart from the others. */
export async function signals(
  given: SignalsGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Signals | Refusal> {
  const open = await openFor('signals', given, context, info);
  if ('kind' in open) return open;
  const planned = (candidate: SignalsGiven) => planSignals(candidate, open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  return signalsOf(open, made, given, context);
}

export function planSignals(given: SignalsGiven, open: OpenRelease, context: Context): Plan | Problems {
  const problems = new Problems('signals');
  for (const id of given.measures ?? []) {
    const measure = chartedMeasure(id, open.catalogue);
    const { kind } = measure.formula(argumentsOf(measure), 'extracts');
    if (kind !== 'proportion' && kind !== 'rate')
      problems.add('NOT_COMPARABLE', `${measure.title} is neither a proportion nor a rate.`, 'measures');
  }
  if (given.period) problems.add('UNKNOWN_PERIOD', 'Signals are about the latest periods.', 'period');
  checkPage(given, problems);
  if (problems.any) return problems;
  const where = whereOf(given, open, context);
  const count = Math.floor(quarters.cells / Math.max(1, where?.organisation?.length ?? 1));
  const period = latestQuarters(Math.min(quarters.most, Math.max(quarters.fewest, count)));
  return planCells(
    'signals',
    { where, by: ['organisation'], period, organisationView: given.organisationView },
    open,
    context,
  );
}

const whereOf = (given: SignalsGiven, open: OpenRelease, context: Context) =>
  context.askerOf(open).audience === 'own' ? given.where : reporting(given.where, open.catalogue, 'quarter');

export async function signalsOf(
  open: OpenRelease,
  plan: Plan,
  given: SignalsGiven,
  context: Context,
): Promise<Signals> {
  const kinds = given.kinds?.length ? given.kinds : (['SPC', 'FUNNEL'] as const);
  const before = context.spent.cells;
  const screens: Screen[] = [];
  if (kinds.includes('SPC')) {
    const ids = (given.measures ?? charted).filter((id) =>
      chartedMeasure(id, open.catalogue).grains.includes(plan.grain),
    );
    const nations =
      given.where?.organisation || context.askerOf(open).audience === 'own'
        ? null
        : planCells(
            'signals',
            {
              where: given.where?.nation ? { nation: given.where.nation } : null,
              by: ['nation'],
              period: latestQuarters(quarters.most),
            },
            open,
            context,
          );
    const question = { where: plan.by.length > 0 ? whereOf(given, open, context) : null, by: plan.by, period: years };
    const byYear = planCells('signals', { ...question, organisationView: given.organisationView }, open, context);
    spend(context, plan);
    if (!(byYear instanceof Problems)) spend(context, byYear);
    screens.push(...(await screenSeries(open, plan, byYear instanceof Problems ? null : byYear, ids)));
    if (nations && !(nations instanceof Problems) && !given.where?.region && !given.where?.system) {
      spend(context, nations);
      screens.push(...(await screenSeries(open, nations, null, ids)));
    }
  }
  const adjusted = benjaminiHochberg(screens.map(({ p }) => p));
  const changed = screens.flatMap(({ signal }, i) => (signal && adjusted[i]! <= falseDiscoveryRate ? [signal] : []));
  const apart: Signal[] = [];
  let compared = 0;
  if (kinds.includes('FUNNEL'))
    for (const measure of given.measures ?? funnelled) {
      const question = { where: given.where, organisationView: given.organisationView, measure };
      const made = planFunnel(question, open, context);
      if (made instanceof Problems) continue;
      const { points, period } = await funnelOf(open, made, question, context);
      compared += points.length;
      apart.push(
        ...points
          .filter(({ flagged }) => flagged)
          .map(({ area, figure, position, variation, statement }): Signal => ({
            area,
            measure: figure.measure,
            kind: 'FUNNEL',
            rule: null,
            position,
            period,
            figure,
            variation,
            severity: severityOf(variation, position === 'ABOVE_998' || position === 'BELOW_998'),
            statement,
          })),
      );
    }
  const all = [...changed, ...apart].sort((a, b) => rank(a) - rank(b) || (a.area.label < b.area.label ? -1 : 1));
  const screened = screens.length + compared;
  return {
    kind: 'table',
    open,
    area: askedArea(given, open.catalogue, context.askerOf(open)),
    signals: all.slice(0, given.first ?? 50),
    signalCount: all.length,
    screened,
    organisations: plan.groups.length,
    warnings: warningsOf(plan, [], [], false),
    statement: `${all.length === 0 ? 'Nothing stands out' : all.length === 1 ? 'One thing stands out' : `${all.length} things stand out`} among ${screened.toLocaleString('en-GB')} charts and comparisons; about one in twenty of what is listed may be chance (Benjamini–Hochberg).`,
    cost: context.spent.cells - before,
  };
}

const severityOf = (variation: Variation, strong: boolean): Severity =>
  variation === 'IMPROVEMENT' ? 'LOW' : strong ? 'HIGH' : 'MEDIUM';

const rank = ({ severity }: Signal) => ['HIGH', 'MEDIUM', 'LOW'].indexOf(severity);

/** One series that was looked at: how surprising its last change of level is, and the signal that it would be. */
interface Screen {
  p: number;
  signal: Signal | null;
}

/**
 * Screens every group of a plan for each measure: by its chart where that is an XmR chart, else by the latest of its years. `byYear` has the
 * same groups, or those of them that had people in these years.
 */
async function screenSeries(
  open: OpenRelease,
  plan: Plan,
  byYear: Plan | null,
  ids: readonly string[],
): Promise<Screen[]> {
  const figures = ids.map((id) => asked(chartedMeasure(id, open.catalogue), {}));
  const { figure } = await readCounts(open, plan, {}, figures);
  const yearly = byYear && (await readCounts(open, byYear, {}, figures));
  const screens: Screen[] = [];
  for (const { key, measure, given } of figures) {
    const formula = formulaOf(measure, given, plan.holding);
    const events = eventsIn(formula, open.catalogue.audience);
    const points: SeriesPoint[] = [];
    const years = new Map<number, Screen>();
    for (const [g, { place }] of plan.groups.entries()) {
      const phases = phasesOf(plan.periods, { place, formula });
      const there = plan.periods.map(({ flows }, t) => (flows ? figure(key, g, t) : null));
      const last = phases[there.findLastIndex((one) => one !== null && one.value !== null)];
      const inPhase = there.filter((one, t): one is Figure => one !== null && one.value !== null && phases[t] === last);
      if (inPhase.length === 0) continue;
      const y = byYear?.groups.findIndex((group) => group.place.area.code === place.area.code) ?? -1;
      const test =
        yearly && events?.exact && y >= 0
          ? yearTest(measure, events, {
              periods: yearly.plan.periods,
              figures: yearly.plan.periods.map((_, p) => yearly.figure(key, y, p)),
              phases: phasesOf(yearly.plan.periods, { place, formula }),
            })
          : null;
      const byYears = screenYear(measure, place.area, test);
      years.set(g, byYears);
      if (kindOf(events, inPhase) === 'XMR')
        points.push(...there.map((one, t) => ({ series: g, t, phase: phases[t]!, y: one?.value ?? null })));
      else screens.push(byYears);
    }
    const marked = await chartSeries(open, points, improvementOf(measure.direction));
    for (const [g, series] of Map.groupBy(marked, (point) => point.series)) {
      const at = (t: number) => figure(key, g, t);
      const one = screenOne(series, at, { measure, area: plan.groups[g]!.place.area, periods: plan.periods });
      const byYears = years.get(g)!;
      // The second of two tests of a series.
      screens.push(one.signal ? one : { ...byYears, p: Math.min(1, 2 * byYears.p) });
    }
  }
  return screens;
}

interface Screened {
  measure: Measure;
  area: AreaRecord;
  periods: readonly PeriodRecord[];
}

const nothing: Screen = { p: 1, signal: null };

/** The year test as a screen; a test without a verdict finds nothing. */
function screenYear(measure: Measure, area: AreaRecord, test: YearTest | null): Screen {
  if (!test?.rule || !test.variation) return nothing;
  const { period, figure, rule, variation } = test;
  const p = test.test!.pValue!;
  return {
    p,
    signal: {
      area,
      measure,
      kind: 'SPC',
      rule,
      position: null,
      period,
      figure,
      variation,
      severity: severityOf(variation, p < 0.001),
      statement: `${measure.title} of ${area.label} ${rises(rule) ? 'rose' : 'fell'}. ${test.statement}`,
    },
  };
}

function screenOne(series: readonly MarkedPoint[], figure: (t: number) => Figure, screened: Screened): Screen {
  const { measure, area, periods } = screened;
  const found = recentChange(series, figure);
  if (!found) return nothing;
  const { point, rule, variation, p } = found;
  const trial = point.trial ? ` Trial limits: fewer than ${needed.settled} points.` : '';
  return {
    p,
    signal: {
      area,
      measure,
      kind: 'SPC',
      rule,
      position: null,
      period: periods[point.t]!,
      figure: figure(point.t),
      variation,
      severity: severityOf(variation, p < 0.001),
      statement: `${measure.title} of ${area.label} ${changeText(measure, periods, found)} (${ruleText(rule, found.stretch)}).${trial}`,
    },
  };
}
