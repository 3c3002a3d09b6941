import type { Figure, Row, Value } from '#lib/figure/figure.ts';
import { shown } from '#lib/figure/status.ts';
import { ask } from '../ask.ts';
import type { Catalogue } from '../catalogue.ts';
import { measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { toValue } from '../pivot.ts';
import { wantedRelease } from '../release.ts';
import { span, statisticFigure } from './figure.ts';

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
type Variables = VariablesOf<typeof document>;
type Curve = TimeToStep['curves'][number];

/** How long it takes those in `where` from joining to a higher band, one curve per group; or why there is none. */
export async function timeToStep(where: Variables['where'], by: Variables['by']): Promise<Result> {
  return (await ask(document, { where, by, release: wantedRelease() })).timeToStep;
}

const none: Value = { value: 0, status: 'OK', display: '0%' };
const everyone: Value = { value: 1, status: 'OK', display: '100%' };

const ways = [
  { key: 'steppedUp', label: 'Moved up', role: 'value' },
  { key: 'left', label: 'Left first', role: 'value' },
  { key: 'registered', label: 'Registered first', role: 'value' },
  { key: 'waiting', label: 'Still at their first band', role: 'count' },
] as const;

/** Who has moved up, left or registered by when, the first of them counting; null where nobody can be followed. */
export function stepsFigure(
  all: Catalogue,
  answer: TimeToStep,
  plan: { about: string; address: string },
): Figure | null {
  const curve = answer.curves[0];
  if (!curve || curve.points.length === 0) return null;
  const rows: Row[] = [
    { key: '0', labels: ['At joining'], short: '0' },
    ...curve.points.map(({ elapsed }) => ({
      key: String(elapsed),
      labels: [`${elapsed} months`],
      short: String(elapsed),
    })),
  ];
  const at = (row: Row) => curve.points.find(({ elapsed }) => String(elapsed) === row.key);
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
      ...ways.map(({ key, label, role }) => ({
        key,
        label,
        role,
        values: rows
          .map((row) => toValue(at(row)?.[key]) ?? none)
          .map((value, i) => (i > 0 ? value : key === 'waiting' ? everyone : none)),
      })),
      {
        key: 'followed',
        label: 'People followed',
        role: 'count',
        unit: 'people',
        values: rows.map((row) =>
          row.key === '0' ? { value: null, status: 'NOT_APPLICABLE', display: '[z]' } : toValue(at(row)?.followed),
        ),
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
      ...milestones.map(({ key, label }, place) => ({
        key,
        label,
        role: 'value' as const,
        swatch: place,
        values: curves.map((curve) => toValue(curve[key])),
      })),
      {
        key: 'tenth',
        label: 'Months until a tenth have moved up',
        role: 'count',
        unit: 'months',
        values: curves.map((curve) => toValue(curve.monthsToTenth)),
      },
    ],
    caveats: ['Of all who join, those who leave before they move up among them.'],
    address: plan.address,
  });
}
