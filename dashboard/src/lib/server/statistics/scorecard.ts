import { formatInterval } from '#lib/figure/format.ts';
import { cellText, flagMarkers, shown } from '#lib/figure/status.ts';
import { measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { toValue } from '../pivot.ts';
import { unitOf } from '../provenance.ts';
import { askStatistic } from './ask-statistic.ts';

const document = graphql(
  `
    query Scorecard($where: Where, $release: String) {
      scorecard(where: $where, release: $release) {
        __typename
        ... on Scorecard {
          area {
            label
          }
          period {
            label
          }
          covered
          measures
          asks {
            id
            label
            change
            covered
            statement
            rows {
              measure {
                id
                title
                unit
              }
              figure {
                ...MeasureParts
              }
              change
              statement
              trend {
                period {
                  label
                }
                figure {
                  value
                  status
                  display
                  flags
                  interval {
                    lower
                    upper
                    level
                  }
                }
              }
            }
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

type Result = ResultOf<typeof document>['scorecard'];
export type Scorecard = Extract<Result, { __typename: 'Scorecard' }>;
type Change = Scorecard['asks'][number]['change'];

/** Every ask with its measures for one place; or why there is none. */
export const scorecard = (variables: VariablesOf<typeof document>): Promise<Result> =>
  askStatistic(document, variables);

const changes = {
  IMPROVING: { signal: 'improvement', text: 'Improving' },
  WORSENING: { signal: 'concern', text: 'Worsening' },
  CHANGED: { signal: 'neutral', text: 'Changed' },
  NO_CLEAR_CHANGE: { signal: 'common', text: 'No clear change' },
  NOT_COMPARABLE: { signal: 'common', text: 'Not compared' },
} as const satisfies Record<Change, { signal: string; text: string }>;

/** Look and words of a change on the year before. */
export const changeOf = (change: Change) => changes[change];

/** The scorecard as its page prints it. */
export function scorecardLines(answer: Scorecard) {
  return answer.asks.map((one) => ({
    id: one.id,
    label: one.label,
    change: changeOf(one.change),
    coverage: `${one.covered} of ${one.rows.length} measures can be shown`,
    statement: one.statement,
    rows: one.rows.map(({ measure, figure, change, statement, trend }) => {
      const value = toValue(figure);
      return {
        id: measure.id,
        title: measure.title,
        value,
        text: cellText(value),
        mark: flagMarkers(value),
        range: value.interval && shown(value) !== null ? formatInterval(value.interval, unitOf(measure)) : null,
        change: changeOf(change),
        statement,
        trend: trend.map((point) => toValue(point.figure)),
      };
    }),
  }));
}
