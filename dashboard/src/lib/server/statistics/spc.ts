import type { Figure, Value } from '#lib/figure/figure.ts';
import { format } from '#lib/figure/format.ts';
import type { Catalogue } from '../catalogue.ts';
import { briefParts, measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { breakNotes } from '../breaks.ts';
import { shortPeriod, toValue } from '../pivot.ts';
import { unitOf } from '../provenance.ts';
import { askStatistic } from './ask-statistic.ts';
import { drawn, statisticFigure } from './figure.ts';
import { markOf } from './signal-words.ts';

const document = graphql(
  `
    query Spc($where: Where, $measure: MeasureName, $organisationView: OrganisationView, $release: String) {
      spc(where: $where, measure: $measure, organisationView: $organisationView, release: $release) {
        __typename
        ... on SpcChart {
          measure {
            ...BriefParts
          }
          phases
          chart
          trial
          variation
          rule
          points {
            period {
              end
              label
            }
            figure {
              ...MeasureParts
            }
            phase
            limits {
              mean
              lower
              upper
            }
            rule
            variation
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

type Result = ResultOf<typeof document>['spc'];
export type Spc = Extract<Result, { __typename: 'SpcChart' }>;

/** Which chart it is, where it is not the usual one. */
const kindNotes: Record<Spc['chart'], string[]> = {
  XMR: [],
  EXACT: [
    'Few people are counted in each period, so the limits are what chance and the protection of counts leave exactly, and a lower limit may be 0. Runs of points say nothing here: the latest year against those before it gives the verdict.',
  ],
  NONE: ['Too few people are counted in each period for limits.'],
};

/** One measure of one place over time, with its limits of usual variation; or why there are none. */
export const spc = (variables: VariablesOf<typeof document>): Promise<Result> => askStatistic(document, variables);

/** The chart with mean and limits as guide lines, a sign and words for every point, and a note where limits were worked out anew. */
export function spcFigure(all: Catalogue, answer: Spc, plan: { id: string; about: string; address: string }): Figure {
  const unit = unitOf(answer.measure);
  // A limit below zero of something that cannot be negative is no limit: the line stays at zero.
  const neverNegative = answer.points.every(({ figure: point }) => (point.value ?? 0) >= 0);
  const guide = (pick: 'mean' | 'lower' | 'upper'): Value[] =>
    answer.points.map(({ limits }) => {
      if (!limits) return drawn(null, '[x]');
      const level = neverNegative ? Math.max(0, limits[pick]) : limits[pick];
      return drawn(level, format(level, unit));
    });
  const figure = statisticFigure(all, answer, {
    id: plan.id,
    kind: 'spc',
    title: answer.measure.title,
    headline: answer.statement,
    subtitle: `${answer.measure.title}, ${plan.about}, with its usual variation`,
    unit,
    rowHeads: ['Period'],
    rows: answer.points.map(({ period }) => ({
      key: period.end,
      labels: [period.label],
      short: shortPeriod(period.end),
    })),
    series: [
      {
        key: 'value',
        label: answer.measure.title,
        role: 'value',
        values: answer.points.map(({ figure: point }) => toValue(point)),
        marks: answer.points.map((point) => markOf(point.variation, point.rule, point.figure.value !== null)),
      },
      { key: 'mean', label: 'Mean', role: 'centre', values: guide('mean') },
      { key: 'upper', label: 'Upper limit', role: 'limit', values: guide('upper') },
      { key: 'lower', label: 'Lower limit', role: 'limit', values: guide('lower') },
    ],
    caveats: [
      'Between the limits, points go up and down by chance: ask about the process. A sign marks a change worth a question of its own.',
      ...(answer.trial ? ['The limits are for trial: there are fewer than 20 points.'] : []),
      ...(answer.points.some(({ figure: point }) => point.value === 0 && point.display.startsWith('0 to'))
        ? [
            'A published 0 may be a few people: the bar shows how many of them it may stand for. It is never an improvement by itself.',
          ]
        : []),
      ...kindNotes[answer.chart],
      ...answer.measure.caveats,
    ],
    measure: answer.measure,
    address: plan.address,
  });
  const anew = answer.points.filter((point, place) => place > 0 && point.phase !== answer.points[place - 1]?.phase);
  return {
    ...figure,
    annotations: [
      ...breakNotes(answer.points.map(({ period, figure: point }) => ({ at: period.end, measure: point }))),
      ...anew.map(({ period }) => ({ at: period.end, label: 'Limits worked out anew' })),
    ],
  };
}
