import type { ChangeRecord, ReleaseRecord } from '../release/catalogue.ts';
import { listed, longDay } from '../query/words.ts';

/** What a release is and what changed in it, in prose. */
export function notesOf(release: ReleaseRecord, changes: readonly ChangeRecord[]): string {
  const { version, publishedAt, createdAt } = release;
  return [
    `Release ${version} was published on ${longDay((publishedAt ?? createdAt).slice(0, 10))}. ${holds(release)}`,
    ...(changes.length === 0
      ? ['Nothing changed against the release before it, or there was none.']
      : Object.entries(sentences).flatMap(([kind, sentence]) => {
          const own = changes.filter((change) => change.kind === kind);
          return own.length > 0 ? [sentence(own)] : [];
        })),
  ].join('\n\n');
}

function holds({ hasExtracts, hasPublished, synthetic }: ReleaseRecord): string {
  const parts = [
    ...(hasExtracts ? [synthetic ? 'figures of made-up people' : 'figures of workforce extracts'] : []),
    ...(hasPublished ? ['official published figures'] : []),
  ];
  return `It holds ${parts.join(' and ') || 'nothing'}.`;
}

const itemOf = ({ subject, detail }: ChangeRecord) => `${subject.replaceAll('_', ' ')} ${detail}`.trim();
const items = (changes: readonly ChangeRecord[]) => listed(changes.map(itemOf), '; ');

/** One sentence for each kind of change, in the order in which they matter to somebody who quoted a figure. */
const sentences: Record<string, (changes: readonly ChangeRecord[]) => string> = {
  revised: (changes) =>
    `Corrected: ${items(changes)}. Figures quoted from the release before stay as they were under its version.`,
  removed: (changes) => `No longer there: ${items(changes)}.`,
  added: (changes) => `New: ${items(changes)}.`,
  relabelled: (changes) => `Renamed: ${items(changes)}.`,
};
