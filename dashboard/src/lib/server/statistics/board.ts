import { briefParts, measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { askStatistic } from './ask-statistic.ts';

const document = graphql(
  `
    query Board($organisation: ID!, $release: String) {
      board(organisation: $organisation, release: $release) {
        __typename
        ... on Board {
          period {
            label
          }
          overview {
            measure {
              ...BriefParts
            }
            figure {
              ...MeasureParts
            }
            versusNation {
              verdict
              statement
            }
            versusPeers {
              verdict
              statement
            }
            peers
            change
            statement
          }
          reasons {
            reason {
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
          fairness {
            label
            outcome {
              title
            }
            row {
              group {
                label
              }
              relativeLikelihood {
                ...MeasureParts
              }
              flagged
              verdict
              statement
            }
          }
          signals {
            kind
            measure {
              id
              title
            }
            period {
              label
            }
            rule
            variation
            severity
            statement
          }
          questions
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

type Result = ResultOf<typeof document>['board'];
export type Board = Extract<Result, { __typename: 'Board' }>;
export type Line = Board['overview'][number];

/** What a board should look at in one organisation; or why it cannot be said. */
export const board = (variables: VariablesOf<typeof document>): Promise<Result> => askStatistic(document, variables);
