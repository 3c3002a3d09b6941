import { ask } from '#lib/server/ask.ts';
import { areaParts, measureParts, periodParts, refusalParts } from '#lib/server/fragments.ts';
import { graphql, type ResultOf } from '#lib/server/graphql.ts';

const rowParts = graphql(
  `
    fragment RowParts on ReconciliationRow {
      area {
        ...AreaParts
      }
      period {
        ...PeriodParts
      }
      staffGroup {
        label
      }
      start {
        ...MeasureParts
      }
      joiners {
        ...MeasureParts
      }
      leavers {
        ...MeasureParts
      }
      otherIn {
        ...MeasureParts
      }
      otherOut {
        ...MeasureParts
      }
      end {
        ...MeasureParts
      }
      expected {
        value
      }
      unexplained {
        value
      }
      alert
    }
  `,
  [areaParts, periodParts, measureParts],
);

const document = graphql(
  `
    query Reconciliation($first: Int!) {
      reconciliation(first: $first) {
        __typename
        ... on ReconciliationTable {
          source
          organisations
          balanced
          statement
          rowCount
          national {
            ...RowParts
          }
          rows {
            ...RowParts
          }
        }
        ... on QueryRefused {
          ...RefusalParts
        }
      }
    }
  `,
  [rowParts, refusalParts],
);

export type ReconciliationRow = ResultOf<typeof rowParts>;

/** Whether stocks and flows agree: the nation line and the organisations with the largest unexplained difference first. */
export async function reconciliation(first: number) {
  return (await ask(document, { first })).reconciliation;
}
