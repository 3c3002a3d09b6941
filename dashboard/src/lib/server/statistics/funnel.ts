import type { Curve, Figure, Mark } from '#lib/figure/figure.ts';
import type { Catalogue } from '../catalogue.ts';
import { briefParts, measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { toValue } from '../pivot.ts';
import { unitOf } from '../provenance.ts';
import { askStatistic } from './ask-statistic.ts';
import { drawn, statisticFigure } from './figure.ts';
import { markOf } from './signal-words.ts';

const document = graphql(
  `
    query Funnel($where: Where, $measure: MeasureName, $organisationView: OrganisationView, $release: String) {
      funnel(where: $where, measure: $measure, organisationView: $organisationView, release: $release) {
        __typename
        ... on FunnelPlot {
          measure {
            ...BriefParts
          }
          period {
            label
          }
          points {
            area {
              code
              label
            }
            figure {
              ...MeasureParts
            }
            base
            position
            flagged
            variation
            statement
          }
          curve {
            base
            lower95
            upper95
            lower998
            upper998
            overdispersedLower95
            overdispersedUpper95
            overdispersedLower998
            overdispersedUpper998
          }
          pooled {
            ...MeasureParts
          }
          enough
          flagged
          organisations
          dispersion {
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
  [briefParts, measureParts, refusalParts],
);

type Result = ResultOf<typeof document>['funnel'];
export type Funnel = Extract<Result, { __typename: 'FunnelPlot' }>;
type FunnelPoint = Funnel['points'][number];

/** The organisations in `where` by size and value; or why they cannot be set beside each other. */
export const funnel = (variables: VariablesOf<typeof document>): Promise<Result> => askStatistic(document, variables);

const positions: Record<FunnelPoint['position'], string> = {
  WITHIN: 'Within the usual spread',
  ABOVE_95: 'Above the 95% limit',
  BELOW_95: 'Below the 95% limit',
  ABOVE_998: 'Above the 99.8% limit',
  BELOW_998: 'Below the 99.8% limit',
};

/** The sign stands for what is flagged; the words say where the point lies. */
export function positionMark(point: Pick<FunnelPoint, 'position' | 'flagged' | 'variation'>): Mark {
  const look = point.flagged ? markOf(point.variation, null).signal : 'common';
  return { signal: look, text: positions[point.position] };
}

const limits = [
  ['overdispersedUpper95', '95% limits', 'near'],
  ['overdispersedLower95', '95% limits', 'near'],
  ['overdispersedUpper998', '99.8% limits', 'far'],
  ['overdispersedLower998', '99.8% limits', 'far'],
  ['upper998', '99.8% limits of chance alone', 'chance'],
  ['lower998', '99.8% limits of chance alone', 'chance'],
] as const;

/** Every organisation as a point, its limits as curves, the organisation `highlight` as a diamond with its name. */
export function funnelFigure(
  all: Catalogue,
  answer: Funnel,
  plan: { about: string; address: string; highlight: string },
): Figure {
  const points = answer.points;
  const own = points.find((point) => point.area.code === plan.highlight);
  const largest = Math.max(0, ...points.map((point) => point.base)) * 1.05;
  const curves: Curve[] = limits.map(([key, label, look]) => ({
    label,
    role: 'limit',
    look,
    points: answer.curve.filter((at) => at.base <= largest).map((at) => ({ x: at.base, y: at[key] })),
  }));
  const pooled = toValue(answer.pooled);
  return statisticFigure(all, answer, {
    id: 'funnel',
    kind: 'funnel',
    title: answer.measure.title,
    headline: own?.statement ?? answer.statement,
    sentence: answer.statement,
    subtitle: `${answer.measure.title} of organisations by size, ${plan.about}, ${answer.period.label}`,
    unit: unitOf(answer.measure),
    rowHeads: ['Organisation', 'Code'],
    rows: points.map(({ area }) => ({
      key: area.code,
      labels: [area.label, area.code],
      ...(area.code === plan.highlight ? { role: 'highlight' as const } : {}),
    })),
    series: [
      {
        key: 'base',
        label: 'People in post',
        role: 'exposure',
        unit: 'people',
        values: points.map((point) => drawn(point.base, point.base.toLocaleString('en-GB'))),
      },
      {
        key: 'value',
        label: answer.measure.title,
        role: 'value',
        values: points.map((point) => toValue(point.figure)),
        marks: points.map(positionMark),
      },
    ],
    curves,
    references: pooled.value === null ? [] : [{ label: 'All of them', value: pooled.value }],
    caveats: [
      'Dotted and dashed lines hold 95% and 99.8% of organisations when nothing but chance and the usual spread between organisations is at work: small ones vary more. The pale line holds 99.8% by chance alone.',
      answer.dispersion.statement,
      ...answer.measure.caveats,
    ],
    measure: answer.measure,
    address: plan.address,
  });
}
