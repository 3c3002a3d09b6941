import type { Figure } from '#lib/figure/figure.ts';
import { shown } from '#lib/figure/status.ts';
import type { Catalogue } from '../catalogue.ts';
import { measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { toValue } from '../pivot.ts';
import { askStatistic } from './ask-statistic.ts';
import { elapsedRows, everyone, isStart, nobody, pointAt } from './elapsed-rows.ts';
import { column, notApplicable, span, statisticFigure } from './figure.ts';

const document = graphql(
  `
    query TimeToStep($where: Where, $by: StepBy, $release: String) {
      timeToStep(where: $where, by: $by, release: $release) {
        __typename
        ... on TimeToStepTable {
          periods {
            label
          }
          curves {
            label
            area {
              code
            }
            category {
              code
            }
            points {
              elapsed
              followed {
                ...MeasureParts
              }
              steppedUp {
                ...MeasureParts
              }
              registered {
                ...MeasureParts
              }
              left {
                ...MeasureParts
              }
              waiting {
                ...MeasureParts
              }
            }
            by12 {
              ...MeasureParts
            }
            by24 {
              ...MeasureParts
            }
            by36 {
              ...MeasureParts
            }
            monthsToTenth {
              ...MeasureParts
            }
            stopReason
            statement
          }
          statement
          query
          variables
          audience {
            statement
          }
          warnings {
            code
            message
          }
        }
        ...RefusalParts
      }
    }
  `,
  [measureParts, refusalParts],
);

type Result = ResultOf<typeof document>['timeToStep'];
export type TimeToStep = Extract<Result, { __typename: 'TimeToStepTable' }>;
type Curve = TimeToStep['curves'][number];

/** How long it takes those in `where` from joining to a higher band, one curve per group; or why there is none. */
export const timeToStep = (variables: VariablesOf<typeof document>): Promise<Result> =>
  askStatistic(document, variables);

const ways = [
  { key: 'steppedUp', label: 'Moved up', role: 'value', atStart: nobody },
  { key: 'left', label: 'Left first', role: 'value', atStart: nobody },
  { key: 'registered', label: 'Registered first', role: 'value', atStart: nobody },
  { key: 'waiting', label: 'Still at their first band', role: 'count', atStart: everyone },
] as const;

/** Who has moved up, left or registered by when, the first of them counting; null where nobody can be followed. */
export function stepsFigure(
  all: Catalogue,
  answer: TimeToStep,
  plan: { about: string; address: string },
): Figure | null {
  const curve = answer.curves[0];
  if (!curve || curve.points.length === 0) return null;
  const rows = elapsedRows(curve.points);
  return statisticFigure(all, answer, {
    id: 'time-to-step',
    kind: 'survival',
    title: 'Time from joining to the first step up',
    headline: headlineOf(curve),
    subtitle: `Share of joiners who moved to a higher band, left or registered first, by time since joining, percent, ${plan.about}, ${span(answer.periods)}`,
    unit: 'percent',
    rowHeads: ['Months since joining'],
    rows,
    series: [
      ...ways.map(({ key, label, role, atStart }) => ({
        key,
        label,
        role,
        values: rows.map((row) => (isStart(row) ? atStart : toValue(pointAt(curve, row)?.[key]))),
      })),
      {
        key: 'followed',
        label: 'People followed',
        role: 'count',
        unit: 'people',
        values: rows.map((row) => (isStart(row) ? notApplicable : toValue(pointAt(curve, row)?.followed))),
      },
    ],
    caveats: [
      'Only people seen since they joined, up to their first move to a higher band in the same organisation. The ways compete: who leaves can no longer move up.',
      ...(curve.stopReason ? [`The curve stops where ${curve.stopReason}.`] : []),
    ],
    address: plan.address,
  });
}

function headlineOf({ by24, points }: Curve): string | undefined {
  const left = points.find(({ elapsed }) => elapsed === 24)?.left;
  return shown(toValue(by24)) === null || !left
    ? undefined
    : `Two years after joining, ${by24.display} have moved up a band and ${left.display} have left before they did`;
}

const milestones = [
  { key: 'by12', label: 'Within 12 months' },
  { key: 'by24', label: 'Within 24 months' },
  { key: 'by36', label: 'Within 36 months' },
] as const;

/** Who has moved up within one, two and three years in each group, with the months until a tenth have in the table. */
export function stepGroupsFigure(
  all: Catalogue,
  answer: TimeToStep,
  plan: { about: string; head: string; address: string },
): Figure | null {
  const curves = answer.curves.filter(({ points }) => points.length > 0);
  if (curves.length < 2) return null;
  return statisticFigure(all, answer, {
    id: 'steps-by-group',
    kind: 'bar',
    title: 'Moved up within one, two and three years',
    subtitle: `Share of joiners who moved to a higher band by ${plan.head.toLowerCase()}, percent, ${plan.about}, ${span(answer.periods)}`,
    unit: 'percent',
    rowHeads: [plan.head],
    rows: curves.map((curve) => ({ key: curve.category?.code ?? curve.area.code, labels: [curve.label] })),
    series: [
      ...milestones.map(({ key, label }, place) =>
        column(curves, { key, label, role: 'value', swatch: place }, (curve) => curve[key]),
      ),
      column(
        curves,
        { key: 'tenth', label: 'Months until a tenth have moved up', role: 'count', unit: 'months' },
        (curve) => curve.monthsToTenth,
      ),
    ],
    caveats: ['Of all who join, those who leave before they move up among them.'],
    address: plan.address,
  });
}
