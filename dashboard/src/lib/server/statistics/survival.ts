import type { Figure, Row, Value } from '#lib/figure/figure.ts';
import { fixedSwatches } from '#lib/figure/palette.ts';
import { shown } from '#lib/figure/status.ts';
import { ask } from '../ask.ts';
import type { Catalogue } from '../catalogue.ts';
import { measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { toValue } from '../pivot.ts';
import { wantedRelease } from '../release.ts';
import { drawnCurves, milestoneHeadline } from './curves.ts';
import { notApplicable, span, statisticFigure } from './figure.ts';

export const curveParts = graphql(
  `
    fragment CurveParts on SurvivalCurve {
      label
      area {
        code
      }
      category {
        code
      }
      points {
        elapsed
        label
        atRisk {
          ...MeasureParts
        }
        survival {
          ...MeasureParts
        }
        leftIncidence {
          ...MeasureParts
        }
        registeredIncidence {
          ...MeasureParts
        }
      }
      at12 {
        ...MeasureParts
      }
      at24 {
        ...MeasureParts
      }
      at36 {
        ...MeasureParts
      }
      medianMonths {
        ...MeasureParts
      }
      earlyLeavers {
        ...MeasureParts
      }
      stopReason
      statement
    }
  `,
  [measureParts],
);

const document = graphql(
  `
    query Survival(
      $where: Where
      $by: SurvivalBy
      $period: PeriodInput
      $organisationView: OrganisationView
      $release: String
    ) {
      survival(where: $where, by: $by, period: $period, organisationView: $organisationView, release: $release) {
        __typename
        ... on SurvivalTable {
          periods {
            label
          }
          curves {
            ...CurveParts
          }
          test {
            statement
          }
          statement
          query
          variables
          warnings {
            code
            message
          }
        }
        ...RefusalParts
      }
    }
  `,
  [curveParts, refusalParts],
);

export type Curve = ResultOf<typeof curveParts>;
export type SurvivalBy = NonNullable<VariablesOf<typeof document>['by']>;
type Result = ResultOf<typeof document>['survival'];
export type Survival = Extract<Result, { __typename: 'SurvivalTable' }>;

/** Retention curves of those in `where`, one per group; or why there are none. */
export async function survival(
  where: VariablesOf<typeof document>['where'],
  by: SurvivalBy | null,
  organisationView: VariablesOf<typeof document>['organisationView'] = null,
): Promise<Result> {
  return (await ask(document, { where, by, organisationView, release: wantedRelease() })).survival;
}

const keyOf = (curve: Curve): string => curve.category?.code ?? curve.area.code;
const everyone: Value = { value: 1, status: 'OK', display: '100%' };

/** Rows of elapsed time, from everybody at the start to the end of the longest curve. */
function elapsedRows(curves: Curve[]): Row[] {
  const labels = new Map(curves.flatMap((curve) => curve.points.map((point) => [point.elapsed, point.label] as const)));
  const ends = [...labels.keys()].sort((one, other) => one - other);
  return [
    { key: '0', labels: ['At joining'], short: '0' },
    ...ends.map((end) => ({ key: String(end), labels: [`${end} months`], short: String(end) })),
  ];
}

const at = (curve: Curve, row: Row) => curve.points.find((point) => String(point.elapsed) === row.key);

/** The step curves, with the people followed in each interval in the table. */
export function survivalFigure(
  all: Catalogue,
  answer: Survival,
  plan: { about: string; address: string; curves?: Curve[]; headline?: string },
): Figure {
  const curves = plan.curves ?? drawnCurves(answer.curves);
  const rows = elapsedRows(curves);
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
        values: rows.map((row) => (row.key === '0' ? everyone : toValue(at(curve, row)?.survival))),
      })),
      ...curves.map((curve) => ({
        key: `${keyOf(curve)}-at-risk`,
        label: alone ? 'People followed' : `People followed, ${curve.label}`,
        role: 'count' as const,
        unit: 'people' as const,
        values: rows.map((row) => (row.key === '0' ? notApplicable : toValue(at(curve, row)?.atRisk))),
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
      ...milestones.map(({ key, label }, place) => ({
        key,
        label,
        role: 'value' as const,
        swatch: place,
        values: answer.curves.map((curve) => toValue(curve[key])),
      })),
      {
        key: 'median',
        label: 'Half had left after (months)',
        role: 'count',
        unit: 'months',
        values: answer.curves.map((curve) => toValue(curve.medianMonths)),
      },
      {
        key: 'early',
        label: 'Left within 12 months',
        role: 'count',
        values: answer.curves.map((curve) => toValue(curve.earlyLeavers)),
      },
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
  const rows = elapsedRows([curve]);
  const none: Value = { value: 0, status: 'OK', display: '0%' };
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
        values: rows.map((row) => (row.key === '0' ? none : toValue(at(curve, row)?.leftIncidence))),
      },
      {
        key: 'registered',
        label: 'Registered',
        role: 'value',
        values: rows.map((row) => (row.key === '0' ? none : toValue(at(curve, row)?.registeredIncidence))),
      },
    ],
    caveats: [
      'The two ways out compete: a person who becomes registered can no longer leave a support role, so the shares add to all who are gone.',
    ],
    address: plan.address,
  });
}
