import { measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { askStatistic } from './ask-statistic.ts';

const curveParts = graphql(
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
  [curveParts, refusalParts],
);

export type Curve = ResultOf<typeof curveParts>;
export type SurvivalBy = NonNullable<VariablesOf<typeof document>['by']>;
type Result = ResultOf<typeof document>['survival'];
export type Survival = Extract<Result, { __typename: 'SurvivalTable' }>;

/** Retention curves of those in `where`, one per group; or why there are none. */
export const survival = (variables: VariablesOf<typeof document>): Promise<Result> => askStatistic(document, variables);
