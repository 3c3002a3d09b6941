import { ask } from '../ask.ts';
import { briefParts, measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf } from '../graphql.ts';
import { wantedRelease } from '../release.ts';

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
export async function board(organisation: string): Promise<Result> {
  return (await ask(document, { organisation, release: wantedRelease() })).board;
}
