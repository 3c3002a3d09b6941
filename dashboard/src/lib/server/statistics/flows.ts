import type { Figure } from '#lib/figure/figure.ts';
import { ask } from '../ask.ts';
import type { Catalogue } from '../catalogue.ts';
import { measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { wantedRelease } from '../release.ts';
import { statisticFigure } from './figure.ts';
import { flowHeadline, moves } from './moves.ts';

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
export async function flows(
  where: VariablesOf<typeof document>['where'],
  from: PersonDimension,
  period: VariablesOf<typeof document>['period'],
): Promise<Result> {
  return (await ask(document, { where, from, period, release: wantedRelease() })).flows;
}

/** The pipeline of one year as ribbons, with everybody's start, share and interval in the table. */
export function flowFigure(
  all: Catalogue,
  answer: Flows,
  plan: { about: string; head: string; address: string },
): Figure | null {
  const year = answer.years.at(-1);
  if (!year) return null;
  const found = moves(year);
  return statisticFigure(all, answer, {
    id: 'pipeline',
    kind: 'flow',
    title: 'Where people were a year later',
    headline: flowHeadline(year) ?? undefined,
    subtitle: `People in post by ${plan.head.toLowerCase()}, and where they were a year later, ${plan.about}, ${year.period.label}`,
    sentence: `${found.length} moves from one place to another or to the same; people, shares and intervals of each are in the table.`,
    unit: 'people',
    rowHeads: ['At the start', 'A year later'],
    rows: found.map(({ from, to }) => ({ key: `${from.code}-${to.code}`, labels: [from.label, to.label] })),
    series: [
      { key: 'people', label: 'People', role: 'value', values: found.map(({ people }) => people) },
      {
        key: 'share',
        label: 'Share of those who began there',
        role: 'count',
        unit: 'percent',
        values: found.map(({ share }) => share),
      },
    ],
    caveats: [
      answer.statement,
      year.balance.statement,
      'Moves that nobody made are left out of the table; the thinnest ribbons are in the table alone.',
    ],
    address: plan.address,
  });
}
