import type { TadaDocumentNode } from 'gql.tada';
import { ask } from '../ask.ts';
import { wantedRelease } from '../release.ts';

/** The answer of a document that asks for one statistic alone, in the release that the reader's address names. */
export async function askStatistic<Data extends object, Variables extends { release?: string | null }>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data[keyof Data]> {
  const [answer] = Object.values(await ask(document, { ...variables, release: wantedRelease() })) as [Data[keyof Data]];
  return answer;
}
