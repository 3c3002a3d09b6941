import { measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { askStatistic } from './ask-statistic.ts';

const document = graphql(
  `
    query Flows($where: Where, $from: PersonDimension, $period: PeriodInput, $release: String) {
      flows(where: $where, from: $from, period: $period, release: $release) {
        __typename
        ... on FlowsTable {
          years {
            period {
              label
              end
            }
            rows {
              from {
                code
                label
              }
              start {
                ...MeasureParts
              }
              cells {
                to {
                  code
                  label
                }
                people {
                  ...MeasureParts
                }
                share {
                  ...MeasureParts
                }
              }
            }
            balance {
              statement
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

type Result = ResultOf<typeof document>['flows'];
export type Flows = Extract<Result, { __typename: 'FlowsTable' }>;
export type FlowYear = Flows['years'][number];
export type PersonDimension = NonNullable<VariablesOf<typeof document>['from']>;

/** Where people in post were a year later, by where they began; or why it cannot be said. */
export const flows = (variables: VariablesOf<typeof document>): Promise<Result> => askStatistic(document, variables);
