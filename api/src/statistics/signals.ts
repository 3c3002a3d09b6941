import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure } from '@ahp/sql/measure';
import { benjaminiHochberg } from '@ahp/sql/statistics/benjamini-hochberg';
import { levelChange } from '@ahp/sql/statistics/level-change';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import { formulaOf } from '../query/lenses.ts';
import type { Plan } from '../query/plan.ts';
import { checkPage } from '../query/page.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { displayed } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { chartedMeasure } from './charted-measure.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, type Given } from './cells-plan.ts';
import { readCounts } from './counts.ts';
import { funnelOf, planFunnel } from './funnel.ts';
import type { FunnelPosition } from './funnel-limits.ts';
import { reporting } from './reporting.ts';
import { phasesOf } from './spc.ts';
import {
  chartSeries,
  improvementOf,
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
const quarters = { fewest: 8, most: 24, cells: 3800 };
/** A rule counts when it marks one of the latest points. */
const recent = 4;
/** Of the signals listed, the share that may be there by chance. */
const falseDiscoveryRate = 0.05;

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
    const measure = chartedMeasure(id);
    const { kind } = measure.formula(argumentsOf(measure), 'extracts');
    if (kind !== 'proportion' && kind !== 'rate')
      problems.add('NOT_COMPARABLE', `${measure.title} is neither a proportion nor a rate.`, 'measures');
  }
  if (given.period) problems.add('UNKNOWN_PERIOD', 'Signals are about the latest periods.', 'period');
  checkPage(given, problems);
  if (problems.any) return problems;
  const where =
    context.askerOf(open).audience === 'own' ? given.where : reporting(given.where, open.catalogue, 'quarter');
  const count = Math.floor(quarters.cells / Math.max(1, where?.organisation?.length ?? 1));
  const period = latestQuarters(Math.min(quarters.most, Math.max(quarters.fewest, count)));
  return planCells(
    'signals',
    { where, by: ['organisation'], period, organisationView: given.organisationView },
    open,
    context,
  );
}

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
    const ids = (given.measures ?? charted).filter((id) => chartedMeasure(id).grains.includes(plan.grain));
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
    spend(context, plan);
    screens.push(...(await screenSeries(open, plan, ids)));
    if (nations && !(nations instanceof Problems) && !given.where?.region && !given.where?.system) {
      spend(context, nations);
      screens.push(...(await screenSeries(open, nations, ids)));
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

/** Screens every group of a plan for each measure. */
async function screenSeries(open: OpenRelease, plan: Plan, ids: readonly string[]): Promise<Screen[]> {
  const figures = ids.map((id) => asked(chartedMeasure(id), {}));
  const { figure } = await readCounts(open, plan, {}, figures);
  const screens: Screen[] = [];
  for (const { key, measure, given } of figures) {
    const formula = formulaOf(measure, given, plan.holding);
    const points = plan.groups.flatMap(({ place }, g) => {
      const phases = phasesOf(plan.periods, { place, formula });
      return plan.periods.flatMap((period, t): SeriesPoint[] => {
        const { value } = period.flows ? figure(key, g, t) : { value: null };
        return value === null ? [] : [{ series: g, t, phase: phases[t]!, y: value }];
      });
    });
    const marked = await chartSeries(open, points, improvementOf(measure.direction));
    for (const [g, series] of Map.groupBy(marked, (point) => point.series)) {
      const at = (t: number) => figure(key, g, t);
      screens.push(screenOne(series, at, { measure, area: plan.groups[g]!.place.area, periods: plan.periods }));
    }
  }
  return screens;
}

interface Screened {
  measure: Measure;
  area: AreaRecord;
  periods: readonly PeriodRecord[];
}

function screenOne(series: readonly MarkedPoint[], figure: (t: number) => Figure, screened: Screened): Screen {
  const { measure, area, periods } = screened;
  const phase = series.filter(({ phase }) => phase === series.at(-1)!.phase);
  const latest = phase.slice(-recent).filter(({ rule }) => rule !== null);
  const found = levelChange(
    phase.map(({ y }) => y),
    Math.max(phase[0]!.sigma, chanceSigma(phase.map(({ t }) => figure(t)))),
  );
  const point = latest.at(-1);
  // The rule and the change of level must say the same: a mark below the mean is no rise.
  const agrees = found !== null && point !== undefined && rises(point.rule!) === found.change > 0;
  if (!agrees) return { p: 1, signal: null };
  const shown = figure(point.t);
  const trial = point.trial ? ' Trial limits: fewer than 12 points.' : '';
  const from = phase[found.before]!;
  const [earlier, later] = [mean(phase.slice(0, found.before)), mean(phase.slice(found.before))];
  const words = (value: number) => displayed(value, measure.unit, null);
  return {
    p: found.p,
    signal: {
      area,
      measure,
      kind: 'SPC',
      rule: point.rule,
      position: null,
      period: periods[point.t]!,
      figure: shown,
      variation: point.variation,
      severity: severityOf(point.variation, found.p < 0.001 && !point.trial),
      statement: `${measure.title} of ${area.label} ${found.change > 0 ? 'rose' : 'fell'} from about ${words(earlier)} to about ${words(later)} a ${periods[point.t]!.grain} since ${periods[from.t]!.label} (${ruleText(point.rule!, phase)}).${trial}`,
    },
  };
}

const rises = (rule: SpcRule) => rule.endsWith('ABOVE') || rule === 'TREND_UP' || rule === 'ABOVE_LIMIT';

const mean = (points: readonly { y: number }[]) => points.reduce((sum, { y }) => sum + y, 0) / points.length;

/** Standard deviation that chance and protection alone give a point, on average over the series. */
function chanceSigma(figures: readonly Figure[]): number {
  const variances = figures.flatMap(({ numerator, denominator, noise, value }) => {
    if (value === null || numerator === null || !denominator) return [];
    const scale = numerator > 0 ? value / (numerator / denominator) : 1;
    const p = Math.min(1, Math.max(numerator, 0.5) / denominator);
    return [scale ** 2 * ((p * (1 - p)) / denominator + (noise?.sd ?? 0) ** 2 / denominator ** 2)];
  });
  return variances.length > 0 ? Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / variances.length) : 0;
}
