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
import {
  chartSeries,
  improvementOf,
  ruleText,
  type MarkedPoint,
  type SeriesPoint,
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
  limits: Pick<MarkedPoint, 'mean' | 'lower' | 'upper' | 'nearLower' | 'nearUpper'> | null;
  rule: SpcRule | null;
  variation: Variation;
}

export interface SpcChart {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  measure: Measure;
  grain: Grain;
  points: SpcPoint[];
  phases: number;
  trial: boolean;
  variation: Variation;
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
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', given.method);
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

/** The chart of a plan; by quarter when the months that nobody asked for by name are too often withheld. */
export async function chartOrQuarters(
  open: OpenRelease,
  plan: Plan,
  given: SpcGiven,
  context: Context,
): Promise<SpcChart> {
  const chart = await chartOf(open, plan, given, context);
  if (given.period || chart.grain !== 'month' || withheldShare(chart.points) <= mostWithheld) return chart;
  const period = { last: { count: 600, grain: 'quarter' } } as const;
  const quarters = planSpc({ ...given, period }, open, context);
  return quarters instanceof Problems ? chart : chartOf(open, quarters, given, context);
}

const withheldShare = (points: readonly SpcPoint[]) =>
  points.filter(({ figure }) => figure.status === 'CONFIDENTIAL').length / Math.max(1, points.length);

export async function chartOf(open: OpenRelease, plan: Plan, given: SpcGiven, context: Context): Promise<SpcChart> {
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', given.method);
  const figure = asked(measure, {});
  const cost = spend(context, plan);
  const { figure: figureAt } = await readCounts(open, plan, {}, [figure]);
  const figures = plan.periods.map((_, p) => figureAt(figure.key, 0, p));
  const line = { place: plan.groups[0]!.place, formula: formulaOf(measure, figure.given, plan.holding) };
  const phases = phasesOf(plan.periods, line);
  const series = figures.flatMap(({ value }, t): SeriesPoint[] =>
    value === null || !plan.periods[t]!.flows ? [] : [{ series: 0, t, phase: phases[t]!, y: value }],
  );
  const marked = await chartSeries(open, series, improvementOf(measure.direction));
  const byTime = new Map(marked.map((point) => [point.t, point]));
  const latest = marked.at(-1) ?? null;
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
        limits: point,
        rule: point?.rule ?? null,
        variation: point?.variation ?? 'COMMON_CAUSE',
      },
    ];
  });
  return {
    kind: 'table',
    open,
    area,
    measure,
    grain: plan.grain,
    points,
    phases: new Set(phases).size,
    trial: latest?.trial ?? true,
    variation: latest?.variation ?? 'COMMON_CAUSE',
    assurance: latest && given.target != null ? await assuranceOf(open, latest, given.target, measure) : null,
    target: given.target ?? null,
    rule: latest?.rule ?? null,
    warnings: [
      ...warningsOf(plan, [], [], false),
      ...figureWarnings(points.map(({ period, figure }) => ({ area, period, figures: [figure] }))),
    ],
    statement: `${sentence(measure, area, plan, marked)}${anewNote(points)}${exact ? withheldNote(points) : ''}`,
    cost,
  };
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
  { lower, upper }: MarkedPoint,
  target: number,
  measure: Measure,
): Promise<Assurance | null> {
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
  marked: readonly MarkedPoint[],
): string {
  const latest = marked.at(-1);
  if (!latest) return `${measure.title} of ${label}: no ${grain} can be shown.`;
  const trial = latest.trial ? ' Trial limits: fewer than 12 points.' : '';
  const value = displayed(latest.y, measure.unit, null);
  const when = periods[latest.t]!.label;
  if (!latest.rule)
    return `${measure.title} of ${label} was ${value} in ${when}: within its usual variation of ${displayed(Math.max(0, latest.lower), measure.unit, null)} to ${displayed(latest.upper, measure.unit, null)}.${trial}`;
  const kind =
    latest.variation === 'CONCERN' ? ', a concern' : latest.variation === 'IMPROVEMENT' ? ', an improvement' : '';
  return `${measure.title} of ${label} was ${value} in ${when}: special cause${kind} (${ruleText(latest.rule, marked)}).${trial}`;
}
