import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters } from '@ahp/sql/measure';
import type { GraphQLResolveInfo } from 'graphql';
import { sql } from 'kysely';
import type { AreaRecord, Grain, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { breaksAt, type Line } from '../query/breaks.ts';
import type { Figure } from '../query/figure.ts';
import { formulaOf } from '../query/lenses.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { PeriodInput } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { figureWarnings, warningsOf } from '../query/warnings.ts';
import { displayed } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { chartedMeasure } from './charted-measure.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, type Given } from './cells-plan.ts';
import { readCounts } from './counts.ts';
import { callMacros } from './macro-call.ts';
import { eventsIn, kindOf, type ChartKind, type Events } from './chart-kind.ts';
import { exactSeries } from './exact-chart.ts';
import { chartVerdict } from './chart-verdict.ts';
import { changeText, type RecentChange } from './recent-change.ts';
import { yearTest, type YearTest } from './year-test.ts';
import {
  chartSeries,
  improvementOf,
  points as needed,
  ruleText,
  type MarkedPoint,
  type PointLimits,
  type SpcRule,
  type Variation,
} from './xmr.ts';

export interface SpcGiven extends Given {
  measure?: string | null;
  method?: Parameters['method'] | null;
  target?: number | null;
}

export const assurances = {
  CONSISTENTLY_PASSES: 'The process will meet the target as it stands.',
  CONSISTENTLY_FAILS: 'The process will not meet the target as it stands.',
  HIT_OR_MISS: 'The process will meet the target at times, by chance.',
} as const;
export type Assurance = keyof typeof assurances;

export interface SpcPoint {
  period: PeriodRecord;
  figure: Figure;
  phase: number;
  limits: PointLimits | null;
  rule: SpcRule | null;
  /** Null where the figure is not shown, or there are too few points for a verdict. */
  variation: Variation | null;
}

export interface SpcChart {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  measure: Measure;
  grain: Grain;
  chart: ChartKind;
  points: SpcPoint[];
  phases: number;
  trial: boolean;
  variation: Variation | null;
  /** The verdict of charts with exact limits. */
  year: YearTest | null;
  assurance: Assurance | null;
  target: number | null;
  rule: SpcRule | null;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** The XmR chart of one measure of one place. */
export async function spc(given: SpcGiven, context: Context, info: GraphQLResolveInfo): Promise<SpcChart | Refusal> {
  const open = await openFor('spc', given, context, info);
  if ('kind' in open) return open;
  const planned = (candidate: SpcGiven) => planSpc(candidate, open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  return chartOrQuarters(open, made, given, context);
}

/** Every quarter there is, or every month of an employer’s own figures, unless the question says otherwise. */
export function everyPeriod(period: PeriodInput | null | undefined, { catalogue }: OpenRelease): PeriodInput {
  const grain = catalogue.audience.id === 'own' ? 'month' : 'quarter';
  if (period?.at) return { at: { ...period.at, grain: period.at.grain ?? grain } };
  if (period?.range) return { range: { ...period.range, grain: period.range.grain ?? grain } };
  if (period?.last) return { last: { ...period.last, grain: period.last.grain ?? grain } };
  return { last: { count: 600, grain } };
}

export function planSpc(given: SpcGiven, open: OpenRelease, context: Context): Plan | Problems {
  const made = planCells(
    'spc',
    {
      where: given.where,
      by: [],
      period: everyPeriod(given.period, open),
      organisationView: given.organisationView,
    },
    open,
    context,
  );
  if (made instanceof Problems) return made;
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', open.catalogue, given.method);
  const problems = new Problems('spc');
  if (made.grain === 'year' || !measure.grains.includes(made.grain))
    problems.add(
      'NOT_COMPARABLE',
      made.grain === 'year'
        ? 'A chart of yearly figures has too few points: use quarters.'
        : `${measure.title} is not made by ${made.grain}.`,
      made.grain === 'year' ? 'period' : 'measure',
    );
  else if (isStock(measure))
    problems.add(
      'NOT_COMPARABLE',
      `${measure.title} is of people in post, most of whom were in post before: a control chart would take every trend for a signal. Ask for it by quarter under \`${measure.subject}\`.`,
      'measure',
    );
  return problems.any ? problems : made;
}

/** Tallies of a moment: the next one is mostly the same people. */
const stocks: readonly string[] = [
  'headcount',
  'headcount_start',
  'headcount_core',
  'headcount_broad',
  'fte',
  'fte_start',
  'registered',
  'registered_fte',
  'apprentices',
  'inactive_headcount',
  'framework_mapped',
  'at_band_over_3_years',
  'vacant_fte',
];

function isStock(measure: Measure): boolean {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  return formula.kind !== 'change' && Object.keys(formula.numerator).every((tally) => stocks.includes(tally));
}

/** Withheld months are the low ones: with more than this share of them, a chart would show the high ones as usual. */
const mostWithheld = 0.2;

/**
 * The chart of a plan; by quarter when the months that nobody asked for by name are too often withheld, or have too few events for an XmR chart
 * where quarters have enough.
 */
export async function chartOrQuarters(
  open: OpenRelease,
  plan: Plan,
  given: SpcGiven,
  context: Context,
): Promise<SpcChart> {
  const chart = await chartOf(open, plan, given, context);
  if (given.period || chart.grain !== 'month') return chart;
  const withheld = withheldShare(chart.points) > mostWithheld;
  if (!withheld && chart.chart === 'XMR') return chart;
  const period = { last: { count: 600, grain: 'quarter' } } as const;
  const quarters = planSpc({ ...given, period }, open, context);
  if (quarters instanceof Problems) return chart;
  const other = await chartOf(open, quarters, given, context);
  return withheld || other.chart === 'XMR' ? other : chart;
}

const withheldShare = (points: readonly SpcPoint[]) =>
  points.filter(({ figure }) => figure.status === 'CONFIDENTIAL').length / Math.max(1, points.length);

export async function chartOf(open: OpenRelease, plan: Plan, given: SpcGiven, context: Context): Promise<SpcChart> {
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', open.catalogue, given.method);
  const figure = asked(measure, {});
  const cost = spend(context, plan);
  const { figure: figureAt } = await readCounts(open, plan, {}, [figure]);
  const figures = plan.periods.map((_, p) => figureAt(figure.key, 0, p));
  const formula = formulaOf(measure, figure.given, plan.holding);
  const line = { place: plan.groups[0]!.place, formula };
  const phases = phasesOf(plan.periods, line);
  const there = figures.map((one, t) => (one.value !== null && plan.periods[t]!.flows ? one : null));
  const events = eventsIn(formula, open.catalogue.audience);
  const latestPhase = phases[there.findLastIndex((one) => one !== null)] ?? 1;
  const kind = kindOf(
    events,
    there.flatMap((one, t) => (one && phases[t] === latestPhase ? [one] : [])),
  );
  const marked = await seriesOf(open, kind, { measure, events, there, phases });
  const year = kind !== 'NONE' && events?.exact ? await yearOf(open, plan, given, context, { measure, events }) : null;
  const verdict = chartVerdict(kind, marked, year, { figure: (t) => figures[t]!, periods: plan.periods });
  const { latest, changed } = verdict;
  const byTime = new Map(verdict.points.map((point) => [point.t, point]));
  const area = askedArea(given, open.catalogue, context.askerOf(open));
  // Protected counts are never withheld for being small; exact ones are.
  const exact = open.catalogue.audience.v === 0 && marked.length > 0;
  const points = plan.periods.flatMap((period, t): SpcPoint[] => {
    if (!period.flows && figures[t]!.value === null) return [];
    const point = byTime.get(t) ?? null;
    return [
      {
        period,
        figure: figures[t]!,
        phase: phases[t]!,
        limits: point?.limits ?? null,
        rule: point?.rule ?? null,
        variation: point?.variation ?? null,
      },
    ];
  });
  const byYear = latest?.rule?.startsWith('YEAR') ? ` ${year!.statement}` : '';
  const said = kind === 'XMR' ? byYear : ` ${chartText(kind, plan, year)}`;
  return {
    kind: 'table',
    open,
    area,
    measure,
    grain: plan.grain,
    chart: kind,
    points,
    phases: new Set(phases).size,
    trial: latest?.trial ?? true,
    variation: verdict.variation,
    year,
    assurance: latest && given.target != null ? await assuranceOf(open, latest, given.target, measure) : null,
    target: given.target ?? null,
    rule: verdict.rule,
    warnings: [
      ...warningsOf(plan, [], [], false),
      ...figureWarnings(points.map(({ period, figure }) => ({ area, period, figures: [figure] }))),
    ],
    statement: `${sentence(measure, area, plan, kind, verdict.points, changed, latest && figures[latest.t]!.display)}${said}${anewNote(points)}${exact ? withheldNote(points) : ''}`,
    cost,
  };
}

interface Charted {
  measure: Measure;
  events: Events | null;
  /** Null where a point is missing. */
  there: readonly (Figure | null)[];
  phases: readonly number[];
}

async function seriesOf(
  open: OpenRelease,
  kind: ChartKind,
  { measure, events, there, phases }: Charted,
): Promise<MarkedPoint[]> {
  if (kind === 'EXACT') return exactSeries(measure, events!, there, phases);
  const series = there.map((one, t) => ({ series: 0, t, phase: phases[t]!, y: one?.value ?? null }));
  const marked = await chartSeries(open, series, improvementOf(measure.direction));
  return kind === 'XMR' ? marked : marked.map((point) => ({ ...point, limits: null, rule: null, variation: null }));
}

/** The latest year of the series that the chart shows, against the years before. */
async function yearOf(
  open: OpenRelease,
  { periods }: Plan,
  { where, organisationView }: SpcGiven,
  context: Context,
  { measure, events }: { measure: Measure; events: Events },
): Promise<YearTest | null> {
  if (!measure.grains.includes('year')) return null;
  const period = { last: { count: 600, grain: 'year' } } as const;
  const made = planCells('spc', { where, by: [], period, organisationView }, open, context);
  if (made instanceof Problems) return null;
  spend(context, made);
  const figure = asked(measure, {});
  const { figure: figureAt } = await readCounts(open, made, {}, [figure]);
  const line = { place: made.groups[0]!.place, formula: formulaOf(measure, figure.given, made.holding) };
  const kept = made.periods.findLastIndex(({ end, flows }) => flows && end <= periods.at(-1)!.end) + 1;
  return yearTest(measure, events, {
    periods: made.periods.slice(0, kept),
    figures: made.periods.slice(0, kept).map((_, p) => figureAt(figure.key, 0, p)),
    phases: phasesOf(made.periods, line),
  });
}

/** Which chart it is and why, and its verdict. */
function chartText(kind: ChartKind, { grain }: Plan, year: YearTest | null): string {
  const few = `Too few people a ${grain} for a chart of usual variation`;
  return kind === 'NONE'
    ? `${few}: no limits.`
    : `${few}, so the year decides. ${year?.statement ?? 'No verdict: there is no earlier year to compare the latest with.'}`;
}

function withheldNote(points: readonly SpcPoint[]): string {
  const withheld = points.filter(({ figure }) => figure.status === 'CONFIDENTIAL').length;
  return withheld / Math.max(1, points.length) > mostWithheld
    ? ` ${withheld} of ${points.length} points are withheld, and they are the low ones: the level shown is too high.`
    : '';
}

/** Where the limits that the latest point is judged by begin, when that is at a break. */
function anewNote(points: readonly SpcPoint[]): string {
  const phase = points.at(-1)?.phase ?? 1;
  const first = points.find((point) => point.phase === phase);
  return phase > 1 && first ? ` Limits begin at a break in the series, ${first.period.label}.` : '';
}

/** Stretches between breaks in a series, from 1; limits are worked out afresh in each. */
export function phasesOf(periods: readonly PeriodRecord[], line: Line): number[] {
  let phase = 1;
  return periods.map((period, i) => (i > 0 && breaksAt(period, line).length > 0 ? (phase += 1) : phase));
}

async function assuranceOf(
  open: OpenRelease,
  { limits, variation }: MarkedPoint,
  target: number,
  measure: Measure,
): Promise<Assurance | null> {
  if (!limits || variation === null) return null;
  const { lower, upper } = limits;
  const improvement = improvementOf(measure.direction);
  const [row] = await callMacros<{ assurance: string | null }>(
    open,
    { lower: [lower], upper: [upper], target: [target] },
    sql`select spc_assurance(lower, upper, target, ${sql.lit(improvement)}) as assurance from given`,
  );
  return (row?.assurance?.toUpperCase() as Assurance | undefined) ?? null;
}

function sentence(
  measure: Measure,
  { label }: AreaRecord,
  { grain, periods }: Plan,
  kind: ChartKind,
  marked: readonly MarkedPoint[],
  changed: RecentChange | null,
  display: string | null,
): string {
  const latest = marked.at(-1);
  if (!latest) return `${measure.title} of ${label}: no ${grain} can be shown.`;
  const trial =
    kind === 'XMR' && latest.trial && latest.limits ? ` Trial limits: fewer than ${needed.settled} points.` : '';
  // Of nobody, what the 0 may stand for.
  const value = latest.y === 0 && display ? display : displayed(latest.y, measure.unit, null);
  const least = neverNegative(measure) ? 0 : -Infinity;
  const when = periods[latest.t]!.label;
  const was = `${measure.title} of ${label} was ${value} in ${when}`;
  const { limits } = latest;
  // The verdict of the year follows.
  if (!limits || (kind === 'EXACT' && (!latest.rule || latest.rule.startsWith('YEAR')))) return `${was}.`;
  const range = `${displayed(Math.max(least, limits.lower), measure.unit, null)} to ${displayed(limits.upper, measure.unit, null)}`;
  if (latest.variation === null)
    return `${was}. No verdict: it takes ${needed.verdict} points without a break. Limits so far: ${range}.`;
  if (changed)
    return `${was}, within ${range}; but it ${changeText(measure, periods, changed)}${words[changed.variation]} (${ruleText(changed.rule, changed.stretch)}).${trial}`;
  if (!latest.rule) return `${was}: within its usual variation of ${range}.${trial}`;
  return `${was}: special cause${words[latest.variation]} (${ruleText(latest.rule, marked)}).${trial}`;
}

/** A limit below zero of what cannot be negative is none. */
function neverNegative(measure: Measure): boolean {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  return formula.kind !== 'change' && !(formula.kind === 'count' && formula.signed);
}

const words: Record<Variation, string> = {
  CONCERN: ', a concern',
  IMPROVEMENT: ', an improvement',
  SPECIAL_CAUSE: '',
  COMMON_CAUSE: '',
};
