import type { Figure } from '#lib/figure/figure.ts';
import type { Catalogue } from '../catalogue.ts';
import { briefParts, measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { unitOf } from '../provenance.ts';
import { askStatistic } from './ask-statistic.ts';
import { column, statisticFigure } from './figure.ts';

const document = graphql(
  `
    query Standardised($where: Where, $measure: MeasureName, $by: StandardisedBy, $release: String) {
      standardised(where: $where, measure: $measure, by: $by, release: $release) {
        __typename
        ... on StandardisedTable {
          period {
            label
          }
          measure {
            ...BriefParts
          }
          rows {
            area {
              code
              label
            }
            crude {
              ...MeasureParts
            }
            standardised {
              ...MeasureParts
              comparison {
                statement
                verdict
              }
            }
            coverage {
              ...MeasureParts
            }
            flagged
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

type Result = ResultOf<typeof document>['standardised'];
export type Standardised = Extract<Result, { __typename: 'StandardisedTable' }>;

/** A rate of places as it is and with the professions and bands of the United Kingdom; or why there is none. */
export const standardised = (variables: VariablesOf<typeof document>): Promise<Result> =>
  askStatistic(document, variables);

/** Each place as it is and with the mix of work of the United Kingdom, those that differ clearly named. */
export function standardisedFigure(
  all: Catalogue,
  answer: Standardised,
  plan: { about: string; head: string; address: string },
): Figure {
  const clear = answer.rows.filter(({ flagged }) => flagged);
  const named = clear.map(
    ({ area, standardised }) =>
      `${area.label} ${standardised.comparison?.verdict === 'HIGHER' ? 'higher' : 'lower'} (${standardised.display})`,
  );
  return statisticFigure(all, answer, {
    id: 'standardised',
    kind: 'bar',
    title: `${answer.measure.title}, with the same mix of work`,
    headline: named.length
      ? `With the same mix of professions and bands: ${named.join('; ')} than the United Kingdom`
      : 'With the same mix of professions and bands, no place differs clearly from the United Kingdom',
    subtitle: `${answer.measure.title} by ${plan.head.toLowerCase()}, percent, ${plan.about}, ${answer.period.label}`,
    unit: unitOf(answer.measure),
    rowHeads: [plan.head],
    rows: answer.rows.map(({ area }) => ({ key: area.code, labels: [area.label] })),
    series: [
      column(
        answer.rows,
        { key: 'standardised', label: 'With the mix of work of the United Kingdom', role: 'value' },
        (row) => row.standardised,
      ),
      column(answer.rows, { key: 'crude', label: 'As it is', role: 'value' }, ({ crude }) => crude),
      column(
        answer.rows,
        { key: 'coverage', label: 'Share of the standard covered', role: 'count' },
        ({ coverage }) => coverage,
      ),
    ],
    caveats: [
      'Directly standardised by profession × band: what is left of a difference is not explained by the mix of work. Not shown where the place covers less than 90% of the standard.',
      'A place is named when it differs beyond chance, with the number of places looked at taken into account (false discovery rate 5%).',
    ],
    measure: answer.measure,
    address: plan.address,
  });
}
