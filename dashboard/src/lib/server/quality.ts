import { ask, present } from './ask.ts';
import { releaseParts } from './fragments.ts';
import { graphql, type ResultOf } from './graphql.ts';

const changesDocument = graphql(`
  query Changes {
    quality {
      changes {
        kind
        subject
        detail
      }
    }
  }
`);

const qualityDocument = graphql(`
  query Quality {
    quality {
      entries(first: 5000) {
        section
        item
        area
        areaLabel
        periodEnd
        value {
          value
          unit
        }
        alert
        note
      }
      changes {
        kind
        subject
        detail
      }
    }
  }
`);

const releasesDocument = graphql(
  `
    query Releases {
      releases(first: 100) {
        nodes {
          ...ReleaseParts
        }
      }
      quality {
        changes {
          kind
          subject
          detail
        }
      }
    }
  `,
  [releaseParts],
);

export type Change = NonNullable<ResultOf<typeof changesDocument>['quality']>['changes'][number];
type Entry = NonNullable<ResultOf<typeof qualityDocument>['quality']>['entries'][number];
export type QualityEntry = Omit<Entry, 'value'> & { value: number | null; unit: string | null };

/** What changed against the release before. */
export async function changes(): Promise<Change[]> {
  return present((await ask(changesDocument, {})).quality).changes;
}

/** Coverage, unknown shares and residuals of the current release, with what changed. */
export async function quality() {
  const { entries, ...rest } = present((await ask(qualityDocument, {})).quality);
  const flat = entries.map(({ value, ...entry }): QualityEntry => {
    return { ...entry, value: value?.value ?? null, unit: value?.unit ?? null };
  });
  return { ...rest, entries: flat };
}

/** Every release, newest first, and what changed in the current one. */
export async function releases() {
  const answer = await ask(releasesDocument, {});
  return { releases: present(answer.releases).nodes, changes: present(answer.quality).changes };
}
