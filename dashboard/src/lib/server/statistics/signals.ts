import { graphql } from '../graphql.ts';
import { askStatistic } from './ask-statistic.ts';
import { markOf } from './signal-words.ts';

const document = graphql(`
  query Signals($first: Int!, $release: String) {
    signals(first: $first, release: $release) {
      __typename
      ... on SignalsTable {
        signals {
          area {
            level
            code
            label
          }
          variation
          rule
          statement
        }
        signalCount
        screened
        organisations
        statement
      }
    }
  }
`);

/** The most severe signals of the release, with how many series were looked through; null where none can be given. */
export async function signals(first: number) {
  const answer = await askStatistic(document, { first });
  if (answer.__typename !== 'SignalsTable') return null;
  const { signals: all, ...rest } = answer;
  return {
    ...rest,
    list: all.map(({ area, statement, variation, rule }) => ({
      place: area.label,
      href: area.level === 'ORGANISATION' ? `/board/${encodeURIComponent(area.code)}` : null,
      signal: markOf(variation, rule).signal,
      statement,
    })),
  };
}
