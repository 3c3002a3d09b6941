import { lowerFirst } from '#lib/figure/words.ts';
import type { Figure, Mark, Row } from '#lib/figure/figure.ts';
import type { Catalogue } from '../catalogue.ts';
import { definitionParts, measureParts, refusalParts } from '../fragments.ts';
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts';
import { toValue } from '../pivot.ts';
import { askStatistic } from './ask-statistic.ts';
import { column, span, statisticFigure } from './figure.ts';

export const fairnessRowParts = graphql(
  `
    fragment FairnessRowParts on FairnessRow {
      group {
        code
        label
      }
      isReference
      isUnion
      isUnknown
      people {
        ...MeasureParts
      }
      representation {
        ...MeasureParts
      }
      rate {
        ...MeasureParts
      }
      relativeLikelihood {
        ...MeasureParts
      }
      gap {
        ...MeasureParts
      }
      flagged
      verdict
      statement
    }
  `,
  [measureParts],
);

const document = graphql(
  `
    query Fairness(
      $where: Where
      $outcome: Outcome
      $characteristic: Characteristic
      $period: PeriodInput
      $release: String
    ) {
      fairness(where: $where, outcome: $outcome, characteristic: $characteristic, period: $period, release: $release) {
        __typename
        ... on FairnessTable {
          label
          direction
          outcome {
            ...DefinitionParts
          }
          periods {
            label
          }
          reference {
            label
          }
          rows {
            ...FairnessRowParts
          }
          overall {
            ...MeasureParts
          }
          disclosure {
            ...MeasureParts
          }
          ladder {
            label
            rows {
              group {
                code
                label
              }
              isUnion
              disparityRatio {
                ...MeasureParts
              }
              benchmark {
                ...MeasureParts
              }
              flagged
              statement
            }
          }
          dissimilarity {
            index {
              ...MeasureParts
            }
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
  [fairnessRowParts, definitionParts, measureParts, refusalParts],
);

type Result = ResultOf<typeof document>['fairness'];
export type Fairness = Extract<Result, { __typename: 'FairnessTable' }>;
export type FairnessRow = ResultOf<typeof fairnessRowParts>;
type Variables = VariablesOf<typeof document>;
export type Outcome = NonNullable<Variables['outcome']>;
export type Characteristic = NonNullable<Variables['characteristic']>;

/** One outcome compared between the groups of one characteristic; or why it cannot be. */
export const fairness = (variables: VariablesOf<typeof document>): Promise<Result> => askStatistic(document, variables);

const verdicts: Record<FairnessRow['verdict'], Mark> = {
  WORSE_OFF: { signal: 'concern', text: 'Worse off' },
  BETTER_OFF: { signal: 'improvement', text: 'Better off' },
  NO_CLEAR_DIFFERENCE: { signal: 'common', text: 'No clear difference' },
  REFERENCE: { signal: 'common', text: 'Compared with' },
  NOT_COMPARABLE: { signal: 'common', text: 'Not compared' },
};

/** How a group stands, in words for a table and a look for a sign. */
export const verdictOf = (row: Pick<FairnessRow, 'verdict'>): Mark => verdicts[row.verdict];

const rowsOf = (rows: FairnessRow[]): Row[] =>
  rows.map((row) => ({
    key: row.group.code,
    labels: [row.group.label],
    ...(row.isUnion ? { role: 'total' as const } : {}),
  }));

interface Plan {
  about: string;
  address: string;
}

/** Of how many people the characteristic is known, which belongs beside every figure by it. */
export const known = ({ label, disclosure }: Fairness): string =>
  `${label} is known for ${disclosure.display} of people.`;

/** "Likelihood" as a ratio with its interval, one row per group that is compared; 1 is the same, read in words, never as %. */
export function likelihoodFigure(all: Catalogue, answer: Fairness, plan: Plan): Figure {
  const compared = answer.rows.filter((row) => !row.isReference && !row.isUnknown);
  const flagged = compared.filter((row) => row.flagged);
  const reference = lowerFirst(answer.reference.label);
  return statisticFigure(all, answer, {
    id: 'likelihood',
    kind: 'ratio',
    title: 'Relative likelihood',
    headline: flagged.length
      ? flagged.map((row) => `${row.group.label}: ${verdictOf(row).text.toLowerCase()}`).join('; ')
      : answer.statement,
    subtitle: `${answer.outcome.title} by ${lowerFirst(answer.label)}, ratio to ${reference}, ${plan.about}, ${span(answer.periods)}`,
    unit: 'ratio',
    rowHeads: [answer.label],
    rows: rowsOf(compared),
    series: [
      {
        key: 'likelihood',
        label: 'Relative likelihood',
        role: 'value',
        values: compared.map((row) => toValue(row.relativeLikelihood)),
        marks: compared.map(verdictOf),
      },
    ],
    references: [{ label: `Same as ${reference}`, value: 1 }],
    caveats: [
      known(answer),
      answer.direction,
      'A clear difference needs both: a ratio outside 0.80 to 1.25, and an interval that does not include 1. A ratio is not a percentage.',
    ],
    measure: answer.outcome,
    address: plan.address,
  });
}

/** The rates themselves, each group beside everybody. */
export function rateFigure(all: Catalogue, answer: Fairness, plan: Plan): Figure {
  const overall = toValue(answer.overall);
  return statisticFigure(all, answer, {
    id: 'rates',
    kind: 'bar',
    title: answer.outcome.title,
    subtitle: `${answer.outcome.title} by ${lowerFirst(answer.label)}, percent, ${plan.about}, ${span(answer.periods)}`,
    unit: 'percent',
    rowHeads: [answer.label],
    rows: rowsOf(answer.rows),
    series: [
      column(answer.rows, { key: 'rate', label: answer.outcome.title, role: 'value' }, (row) => row.rate),
      column(answer.rows, { key: 'people', label: 'People', role: 'count', unit: 'people' }, (row) => row.people),
      column(
        answer.rows,
        { key: 'representation', label: 'Share of those known', role: 'count' },
        (row) => row.representation,
      ),
    ],
    references: overall.value === null ? [] : [{ label: 'Everybody', value: overall.value }],
    caveats: [known(answer), ...answer.outcome.caveats],
    measure: answer.outcome,
    address: plan.address,
  });
}

/** Differences to the reference group in percentage points: how many people a ratio is about. */
export function gapFigure(all: Catalogue, answer: Fairness, plan: Plan): Figure {
  const compared = answer.rows.filter((row) => !row.isReference && !row.isUnknown);
  return statisticFigure(all, answer, {
    id: 'gap',
    kind: 'bar',
    title: 'Absolute gap',
    headline: compared.some((row) => row.gap.value !== null)
      ? gapHeadline(compared, lowerFirst(answer.reference.label))
      : answer.statement,
    subtitle: `${answer.outcome.title}, difference to ${lowerFirst(answer.reference.label)}, percentage points, ${plan.about}, ${span(answer.periods)}`,
    unit: 'points',
    rowHeads: [answer.label],
    rows: rowsOf(compared),
    series: [column(compared, { key: 'gap', label: 'Gap', role: 'value' }, (row) => row.gap)],
    references: [{ label: 'No gap', value: 0 }],
    caveats: [known(answer), 'One percentage point is one person in every hundred.'],
    measure: answer.outcome,
    address: plan.address,
  });
}

function gapHeadline(rows: FairnessRow[], reference: string): string {
  const clear = rows.filter((row) => {
    const interval = row.gap.interval;
    return row.gap.value !== null && interval && (interval.lower > 0 || interval.upper < 0);
  });
  return clear.length
    ? `Clear gaps to ${reference}: ${clear.map((row) => `${lowerFirst(row.group.label)} ${row.gap.display}`).join('; ')}`
    : `No group has a clear gap to ${reference}`;
}
