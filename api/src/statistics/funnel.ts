import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters } from '@ahp/sql/measure';
import { benjaminiHochberg } from '@ahp/sql/statistics/benjamini-hochberg';
import { twoSidedP } from '@ahp/sql/statistics/normal';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { falseDiscoveryRate } from '../query/clear-difference.ts';
import type { Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { displayed } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { chartedMeasure, perOf } from './charted-measure.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { readCounts } from './counts.ts';
import {
  curveOf,
  fewest,
  limitsOf,
  positionOf,
  scoreOf,
  type FunnelLimits,
  type FunnelPosition,
  type FunnelRow,
} from './funnel-limits.ts';
import { reporting } from './reporting.ts';
import { statistic } from './statistic.ts';
import type { SignificanceTest } from './test-result.ts';
import type { Variation } from './xmr.ts';

export interface FunnelGiven extends Given {
  measure?: string | null;
  method?: Parameters['method'] | null;
}

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
  const where = context.askerOf(open).audience === 'own' ? given.where : reporting(given.where, open.catalogue, grain);
  const question = { where, by: ['organisation'], period, organisationView: given.organisationView };
  const made = planCells('funnel', question, open, context);
  if (made instanceof Problems) return made;
  const problems = new Problems('funnel');
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', open.catalogue, given.method);
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

export async function funnelOf(
  open: OpenRelease,
  plan: Plan,
  given: FunnelGiven,
  context: Context,
): Promise<FunnelPlot> {
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', open.catalogue, given.method);
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
  const area = askedArea(given, open.catalogue, context.askerOf(open));
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
    audience: plan.catalogue.audience,
    level: area.level,
    area,
    period: plan.periods[0]!,
    categories: {},
    figures: new Map([[key, figure]]),
  }));

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
