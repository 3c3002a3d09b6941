import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters } from '@ahp/sql/measure';
import { benjaminiHochberg } from '@ahp/sql/statistics/benjamini-hochberg';
import { twoSidedP } from '@ahp/sql/statistics/normal';
import type { GraphQLResolveInfo } from 'graphql';
import { sql, type RawBuilder } from 'kysely';
import type { AreaRecord, PeriodRecord } from '../catalogue.ts';
import type { Context } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';
import type { Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { displayed } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { chartedMeasure } from './charted-measure.ts';
import { openFor, planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { readCounts } from './counts.ts';
import { callMacros } from './macro-call.ts';
import { reporting } from './reporting.ts';
import { statistic } from './statistic.ts';
import type { SignificanceTest } from './test-result.ts';
import type { Variation } from './xmr.ts';

export interface FunnelGiven extends Given {
  measure?: string | null;
  method?: Parameters['method'] | null;
}

export const funnelPositions = {
  WITHIN: 'Within the 95 % limits.',
  ABOVE_95: 'Above the 95 % limits.',
  BELOW_95: 'Below the 95 % limits.',
  ABOVE_998: 'Above the 99.8 % limits.',
  BELOW_998: 'Below the 99.8 % limits.',
} as const;
export type FunnelPosition = keyof typeof funnelPositions;

export interface FunnelPoint {
  area: AreaRecord;
  figure: Figure;
  base: number;
  position: FunnelPosition;
  plainPosition: FunnelPosition;
  adjustedP: number | null;
  flagged: boolean;
  variation: Variation;
  statement: string;
}

export interface FunnelLimits {
  base: number;
  lower95: number;
  upper95: number;
  lower998: number;
  upper998: number;
  overdispersedLower95: number;
  overdispersedUpper95: number;
  overdispersedLower998: number;
  overdispersedUpper998: number;
}

export interface FunnelPlot {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  period: PeriodRecord;
  measure: Measure;
  points: FunnelPoint[];
  curve: FunnelLimits[];
  pooled: Figure;
  organisations: number;
  enough: boolean;
  dispersion: SignificanceTest;
  flagged: number;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** Fewer organisations do not tell how much organisations usually differ. */
const fewest = 10;
/** Of the organisations that are flagged, the share that may be there by chance. */
const falseDiscoveryRate = 0.05;

/** Organisations around what they have in common, with limits that know of their usual spread and of the protection of the counts. */
export async function funnel(
  given: FunnelGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<FunnelPlot | Refusal> {
  const open = await openFor('funnel', given, context, info);
  if ('kind' in open) return open;
  const planned = (candidate: FunnelGiven) => planFunnel(candidate, open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  return funnelOf(open, made, given, context);
}

export function planFunnel(given: FunnelGiven, open: OpenRelease, context: Context): Plan | Problems {
  const period = yearly(given.period, 1);
  const grain = (period.at ?? period.last ?? period.range)!.grain!;
  const where = context.asker.audience === 'own' ? given.where : reporting(given.where, open.catalogue, grain);
  const question = { where, by: ['organisation'], period };
  const made = planCells('funnel', question, open, context);
  if (made instanceof Problems) return made;
  const problems = new Problems('funnel');
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', given.method);
  const { kind } = measure.formula(argumentsOf(measure), 'extracts');
  if (kind !== 'proportion' && kind !== 'rate')
    problems.add('NOT_COMPARABLE', `${measure.title} is neither a proportion nor a rate: it has no funnel.`, 'measure');
  else if (!measure.grains.includes(made.grain))
    problems.add('NOT_COMPARABLE', `${measure.title} is not made by ${made.grain}.`, 'period');
  if (made.periods.length > 1) problems.add('NOT_COMPARABLE', 'A funnel is of one period.', 'period');
  if (made.groups.length < fewest)
    problems.add(
      'NOT_COMPARABLE',
      `A funnel needs at least ${fewest} organisations; these are ${made.groups.length}.`,
      'where',
    );
  return problems.any ? problems : made;
}

interface FunnelRow {
  i: number;
  proportion: number;
  p0: number;
  variance: number;
  phi: number | null;
  tau2: number | null;
  lower_95: number;
  upper_95: number;
  lower_998: number;
  upper_998: number;
  overdispersed_lower_95: number;
  overdispersed_upper_95: number;
  overdispersed_lower_998: number;
  overdispersed_upper_998: number;
}

export async function funnelOf(
  open: OpenRelease,
  plan: Plan,
  given: FunnelGiven,
  context: Context,
): Promise<FunnelPlot> {
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', given.method);
  const figure = asked(measure, {});
  const cost = spend(context, plan);
  const { figure: figureAt } = await readCounts(open, plan, {}, [figure]);
  const latest = plan.periods.length - 1;
  const all = plan.groups.map(({ place }, g) => ({ area: place.area, figure: figureAt(figure.key, g, latest) }));
  const shown = all.filter(({ figure }) => figure.value !== null && (figure.denominator ?? 0) > 0);
  const v = shown[0]?.figure.noise ? shown[0].figure.noise.sd ** 2 / shown[0].figure.noise.cells : 0;
  const rows = await limitsOf(open, shown, v);
  const enough = rows.length >= fewest;
  const unit = perOf(measure);
  const points = pointsOf(measure, shown, rows, unit, enough);
  const curve = rows.length > 0 ? await curveOf(open, rows[0]!, shown, v, unit) : [];
  const p0 = rows[0]?.p0 ?? null;
  const area = askedArea(given.where, open.catalogue, context.asker);
  const flagged = points.filter(({ flagged }) => flagged).length;
  return {
    kind: 'table',
    open,
    area,
    period: plan.periods[latest]!,
    measure,
    points,
    curve,
    pooled: statistic(measure, { value: p0 === null ? null : p0 * unit, status: 'CONFIDENTIAL' }),
    organisations: rows.length,
    enough,
    dispersion: dispersionOf(rows),
    flagged,
    warnings: warningsOf(plan, asRows(plan, points, figure.key), [figure], false),
    statement: sentence(measure, rows.length, flagged, p0 === null ? null : p0 * unit, enough),
    cost,
  };
}

const asRows = (plan: Plan, points: readonly FunnelPoint[], key: string) =>
  points.map(({ area, figure }) => ({
    isTotal: false,
    isRest: false,
    level: area.level,
    area,
    period: plan.periods[0]!,
    categories: {},
    figures: new Map([[key, figure]]),
  }));

/** What a share of people is multiplied by in a measure: 1, or 100 where it is a number per 100. */
function perOf(measure: Measure): number {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  return (formula.kind === 'rate' ? formula.per : 1) * (measure.scale ?? 1);
}

function pointsOf(
  measure: Measure,
  shown: readonly { area: AreaRecord; figure: Figure }[],
  rows: readonly FunnelRow[],
  unit: number,
  enough: boolean,
): FunnelPoint[] {
  const ps = rows.map((row) => twoSidedP(scoreOf(row)));
  const adjusted = benjaminiHochberg(ps.map((p) => (Number.isFinite(p) ? p : 1)));
  return rows.map((row, k) => {
    const { area, figure } = shown[row.i]!;
    const position = positionOf(
      row.proportion,
      row.overdispersed_lower_95,
      row.overdispersed_upper_95,
      row.overdispersed_lower_998,
      row.overdispersed_upper_998,
    );
    const flagged = enough && adjusted[k]! <= falseDiscoveryRate;
    const high = row.proportion > row.p0;
    const variation: Variation = !flagged
      ? 'COMMON_CAUSE'
      : measure.direction === 'none'
        ? 'SPECIAL_CAUSE'
        : high === (measure.direction === 'up')
          ? 'IMPROVEMENT'
          : 'CONCERN';
    const common = displayed(row.p0 * unit, measure.unit, null);
    return {
      area,
      figure,
      base: Math.round(figure.denominator!),
      position,
      plainPosition: positionOf(row.proportion, row.lower_95, row.upper_95, row.lower_998, row.upper_998),
      adjustedP: enough ? adjusted[k]! : null,
      flagged,
      variation,
      statement: flagged
        ? `${measure.title} of ${area.label} is ${figure.display}, ${high ? 'higher' : 'lower'} than the usual spread of organisations around ${common} explains.`
        : `${measure.title} of ${area.label} is ${figure.display}: no clear difference from the usual spread of organisations around ${common}.`,
    };
  });
}

/** Where the pooled proportion gives fewer events than this, a protected count says little of how much organisations differ. */
const fewestEvents = 10;

/**
 * Every organisation against the limits at its size. How much organisations usually differ is told by those with at least ten events
 * expected: near 0 the arcsine scale takes the protection of a count for a difference. For the same reason limits that allow for usual
 * spread are never narrower than those of chance alone.
 */
async function limitsOf(open: OpenRelease, shown: readonly { figure: Figure }[], v: number): Promise<FunnelRow[]> {
  const noise = sql.lit(v);
  const z = sql.lit(3.090232306167813);
  const limit = (side: 'lower' | 'upper', level: RawBuilder<unknown>) => {
    const widest = sql.raw(side === 'lower' ? 'least' : 'greatest');
    const macro = (name: string) => sql.raw(`${name}_${side}`);
    return sql`${widest}(${macro('funnel')}(p0, n, ${noise}, ${level}), ${macro('funnel_overdispersed')}(p0, n, coalesce(tau2, 0), ${noise}, ${level}))`;
  };
  const z95 = sql.lit(1.959963984540054);
  return callMacros<FunnelRow>(
    open,
    {
      organisation: shown.map((_, i) => i),
      x: shown.map(({ figure }) => figure.numerator!),
      n: shown.map(({ figure }) => figure.denominator!),
    },
    sql`, pooled as (select sum(least(x, n)) / sum(n) as p0, count(*) as organisations from given),
      large as (select given.* from given, pooled where n * least(p0, 1 - p0) >= ${sql.lit(fewestEvents)}),
      basis as (select * from large where (select count(*) from large) >= ${sql.lit(fewest)} union all
        select * from given where (select count(*) from large) < ${sql.lit(fewest)}),
      spread as (select any_value(phi) as phi, any_value(tau2) as tau2 from funnel('basis', v := ${noise}))
      select organisation as i, least(x, n) / n as proportion, p0, phi, tau2, funnel_variance(p0, n, ${noise}) as variance,
        funnel_lower(p0, n, ${noise}) as lower_95, funnel_upper(p0, n, ${noise}) as upper_95,
        funnel_lower(p0, n, ${noise}, ${z}) as lower_998, funnel_upper(p0, n, ${noise}, ${z}) as upper_998,
        ${limit('lower', z95)} as overdispersed_lower_95, ${limit('upper', z95)} as overdispersed_upper_95,
        ${limit('lower', z)} as overdispersed_lower_998, ${limit('upper', z)} as overdispersed_upper_998
      from given, pooled, spread order by n, organisation`,
  );
}

/** Standard errors from the pooled proportion: the smaller of those on the arcsine scale and on its own. */
function scoreOf({ proportion, p0, variance, tau2 }: FunnelRow): number {
  const angle = (p: number) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, p))));
  const slope = 4 * p0 * (1 - p0);
  const onAngle = Math.abs(angle(proportion) - angle(p0)) / Math.sqrt(variance / slope + (tau2 ?? 0));
  const plain = Math.abs(proportion - p0) / Math.sqrt(variance + (tau2 ?? 0) * slope);
  return Math.min(onAngle, plain);
}

function positionOf(
  value: number,
  lower95: number,
  upper95: number,
  lower998: number,
  upper998: number,
): FunnelPosition {
  if (value > upper998) return 'ABOVE_998';
  if (value < lower998) return 'BELOW_998';
  if (value > upper95) return 'ABOVE_95';
  return value < lower95 ? 'BELOW_95' : 'WITHIN';
}

/** Limits at forty bases from the smallest to the largest organisation. */
async function curveOf(
  open: OpenRelease,
  { p0, tau2 }: FunnelRow,
  shown: readonly { figure: Figure }[],
  v: number,
  unit: number,
): Promise<FunnelLimits[]> {
  const bases = shown.map(({ figure }) => figure.denominator!);
  const [least, most] = [Math.min(...bases), Math.max(...bases)];
  const n = Array.from({ length: 40 }, (_, i) => least * (most / least) ** (i / 39));
  const [p, t, noise, z] = [sql.lit(p0), sql.lit(tau2 ?? 0), sql.lit(v), sql.lit(3.090232306167813)];
  const rows = await callMacros<FunnelLimits>(
    open,
    { n },
    sql`select n as base, funnel_lower(${p}, n, ${noise}) as "lower95", funnel_upper(${p}, n, ${noise}) as "upper95",
      funnel_lower(${p}, n, ${noise}, ${z}) as "lower998", funnel_upper(${p}, n, ${noise}, ${z}) as "upper998",
      funnel_overdispersed_lower(${p}, n, ${t}, ${noise}) as "overdispersedLower95", funnel_overdispersed_upper(${p}, n, ${t}, ${noise}) as "overdispersedUpper95",
      funnel_overdispersed_lower(${p}, n, ${t}, ${noise}, ${z}) as "overdispersedLower998", funnel_overdispersed_upper(${p}, n, ${t}, ${noise}, ${z}) as "overdispersedUpper998"
      from given order by n`,
  );
  return rows.map((row) => ({
    base: row.base,
    lower95: row.lower95 * unit,
    upper95: row.upper95 * unit,
    lower998: row.lower998 * unit,
    upper998: row.upper998 * unit,
    overdispersedLower95: Math.min(row.lower95, row.overdispersedLower95) * unit,
    overdispersedUpper95: Math.max(row.upper95, row.overdispersedUpper95) * unit,
    overdispersedLower998: Math.min(row.lower998, row.overdispersedLower998) * unit,
    overdispersedUpper998: Math.max(row.upper998, row.overdispersedUpper998) * unit,
  }));
}

function dispersionOf(rows: readonly FunnelRow[]): SignificanceTest {
  const [row] = rows;
  const phi = row?.phi ?? null;
  const spread = (row?.tau2 ?? 0) > 0;
  return {
    name: 'Over-dispersion',
    statistic: phi,
    df: rows.length > 0 ? rows.length - 1 : null,
    pValue: null,
    display: phi === null ? '[z]' : `φ = ${phi.toFixed(2)}, τ² = ${(row!.tau2 ?? 0).toFixed(5)}`,
    statement: spread
      ? 'Organisations differ more than chance alone would make them, as they usually do; the wider limits allow for that.'
      : 'Organisations differ no more than chance alone would make them.',
  };
}

function sentence(
  measure: Measure,
  organisations: number,
  flagged: number,
  pooled: number | null,
  enough: boolean,
): string {
  if (pooled === null) return `${measure.title}: no organisation can be shown.`;
  const common = displayed(pooled, measure.unit, null);
  if (!enough)
    return `${measure.title} is ${common} overall; only ${organisations} organisations can be shown, too few for limits that allow for their usual spread.`;
  return `${measure.title} is ${common} over ${organisations} organisations; ${flagged === 0 ? 'none stands' : flagged === 1 ? 'one stands' : `${flagged} stand`} out beyond chance and the usual spread (false discovery rate 5 %).`;
}
