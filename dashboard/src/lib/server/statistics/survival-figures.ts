import type { Figure } from '#lib/figure/figure.ts';
import { fixedSwatches } from '#lib/figure/palette.ts';
import { shown } from '#lib/figure/status.ts';
import type { Catalogue } from '../catalogue.ts';
import { toValue } from '../pivot.ts';
import { drawnCurves, milestoneHeadline } from './curves.ts';
import { elapsedRows, everyone, isStart, nobody, pointAt } from './elapsed-rows.ts';
import { column, notApplicable, span, statisticFigure } from './figure.ts';
import type { Curve, Survival } from './survival.ts';

const keyOf = (curve: Curve): string => curve.category?.code ?? curve.area.code;

/** The step curves, with the people followed in each interval in the table. */
export function survivalFigure(
  all: Catalogue,
  answer: Survival,
  plan: { about: string; address: string; curves?: Curve[]; headline?: string },
): Figure {
  const curves = plan.curves ?? drawnCurves(answer.curves);
  const rows = elapsedRows(curves.flatMap(({ points }) => points));
  const left = plan.curves ? 0 : answer.curves.length - curves.length;
  const alone = curves.length === 1 ? curves[0] : undefined;
  return statisticFigure(all, answer, {
    id: 'curve',
    kind: 'survival',
    title: 'Still in post',
    headline: plan.headline ?? (alone ? alone.statement : (milestoneHeadline(curves) ?? undefined)),
    subtitle: `Share of joiners still in the organisation by time since joining, percent, ${plan.about}, ${span(answer.periods)}`,
    unit: 'percent',
    rowHeads: ['Months since joining'],
    rows,
    series: [
      ...curves.map((curve, place) => ({
        key: keyOf(curve),
        label: curve.label,
        role: 'value' as const,
        swatch: plan.curves ? place : fixedSwatches[keyOf(curve)],
        values: rows.map((row) => (isStart(row) ? everyone : toValue(pointAt(curve, row)?.survival))),
      })),
      ...curves.map((curve) => ({
        key: `${keyOf(curve)}-at-risk`,
        label: alone ? 'People followed' : `People followed, ${curve.label}`,
        role: 'count' as const,
        unit: 'people' as const,
        values: rows.map((row) => (isStart(row) ? notApplicable : toValue(pointAt(curve, row)?.atRisk))),
      })),
    ],
    caveats: [
      answer.statement,
      ...(answer.test && curves.length > 1 ? [answer.test.statement] : []),
      ...(left > 0 ? [`The picture shows the four largest groups; ${left} more are in the figure below it.`] : []),
      ...curves.flatMap((curve) =>
        curve.stopReason ? [`${curve.label}: the curve stops where ${curve.stopReason}.`] : [],
      ),
    ],
    address: plan.address,
  });
}

const milestones = [
  { key: 'at12', label: 'After 12 months' },
  { key: 'at24', label: 'After 24 months' },
  { key: 'at36', label: 'After 36 months' },
] as const;

/** Who is still there after one, two and three years, with the median stay in the table. */
export function milestoneFigure(
  all: Catalogue,
  answer: Survival,
  plan: { about: string; head: string; address: string },
): Figure {
  const named = answer.curves.length === 1 ? answer.curves[0] : undefined;
  return statisticFigure(all, answer, {
    id: 'milestones',
    kind: 'bar',
    title: 'Still in post after one, two and three years',
    headline: named
      ? `${named.label}: ${milestones.map(({ key, label }) => `${named[key].display} ${label.toLowerCase()}`).join(', ')}`
      : (milestoneHeadline(answer.curves, 'at36') ?? undefined),
    subtitle: `Share of joiners still in the organisation, percent, ${plan.about}, ${span(answer.periods)}`,
    unit: 'percent',
    rowHeads: [plan.head],
    rows: answer.curves.map((curve) => ({ key: keyOf(curve), labels: [curve.label] })),
    series: [
      ...milestones.map(({ key, label }, place) =>
        column(answer.curves, { key, label, role: 'value', swatch: place }, (curve) => curve[key]),
      ),
      column(
        answer.curves,
        { key: 'median', label: 'Half had left after (months)', role: 'count', unit: 'months' },
        (curve) => curve.medianMonths,
      ),
      column(
        answer.curves,
        { key: 'early', label: 'Left within 12 months', role: 'count' },
        (curve) => curve.earlyLeavers,
      ),
    ],
    caveats: ['Half had left: [z] where the curve has not yet fallen to half.'],
    address: plan.address,
  });
}

/** The two ways out of a support role, counted against each other: leaving the organisation, and becoming registered. */
export function exitsFigure(
  all: Catalogue,
  answer: Survival,
  plan: { about: string; address: string; curve: Curve },
): Figure | null {
  const { curve } = plan;
  if (!curve.points.some((point) => shown(toValue(point.leftIncidence)) !== null)) return null;
  const rows = elapsedRows(curve.points);
  const last = curve.points.at(-1);
  return statisticFigure(all, answer, {
    id: 'exits',
    kind: 'survival',
    title: 'How people leave support roles',
    headline: last
      ? `${last.elapsed} months after joining, ${last.leftIncidence.display} had left and ${last.registeredIncidence.display} had become registered`
      : undefined,
    subtitle: `Share of joiners who left or became registered AHPs by time since joining, percent, ${plan.about}, ${span(answer.periods)}`,
    unit: 'percent',
    rowHeads: ['Months since joining'],
    rows,
    series: [
      {
        key: 'left',
        label: 'Left',
        role: 'value',
        values: rows.map((row) => (isStart(row) ? nobody : toValue(pointAt(curve, row)?.leftIncidence))),
      },
      {
        key: 'registered',
        label: 'Registered',
        role: 'value',
        values: rows.map((row) => (isStart(row) ? nobody : toValue(pointAt(curve, row)?.registeredIncidence))),
      },
    ],
    caveats: [
      'The two ways out compete: a person who becomes registered can no longer leave a support role, so the shares add to all who are gone.',
    ],
    address: plan.address,
  });
}
