import { getRequestEvent } from '$app/server';
import { ask, asPage, present } from './ask.ts';
import { definitionParts, releaseParts, periodParts, type Definition } from './fragments.ts';
import { graphql, type ResultOf } from './graphql.ts';
import { wantedRelease } from './release.ts';

const document = graphql(
  `
    query Catalogue($release: String) {
      catalogue(release: $release) {
        release {
          ...ReleaseParts
        }
        audience {
          id
          label
          noiseSd
          displayMinimum
          rateMinimum
          statement
        }
        measures {
          ...DefinitionParts
        }
        dimensions {
          id
          field
          label
          sensitive
          categories {
            code
            label
          }
        }
        periods(source: EXTRACTS) {
          ...PeriodParts
          flows
        }
        publishedPeriods: periods(source: PUBLISHED) {
          ...PeriodParts
          flows
        }
        asks {
          id
          label
          measures {
            id
          }
        }
        nations: areas(level: NATION) {
          code
          label
        }
        regions: areas(level: REGION) {
          code
          label
        }
        systems: areas(level: SYSTEM) {
          code
          label
          nation {
            code
          }
        }
        breaks {
          from
          label
          nation {
            code
          }
          statement
          meaning
          source
          tallies
        }
        feeds {
          id
          title
          publisher
          licence
          url
          note
        }
        policy(source: EXTRACTS) {
          grain
          level
          dimensions
        }
        publishedPolicy: policy(source: PUBLISHED) {
          grain
          level
          dimensions
        }
      }
    }
  `,
  [releaseParts, definitionParts, periodParts],
);

export type Catalogue = NonNullable<ResultOf<typeof document>['catalogue']>;

const freshFor = 20_000;
const atMost = 12;
const held = new Map<string, { at: number; catalogue: Promise<Catalogue> }>();

/**
 * What can be asked of the release that the address names, else of the current one, for the audience of the page; kept for twenty seconds
 * so that a new release is seen soon and a page costs one request.
 */
export function catalogue(): Promise<Catalogue> {
  const release = wantedRelease();
  const signedIn = asPage();
  const audience = signedIn ? getRequestEvent().locals.viewer!.audience : 'public';
  const key = `${audience} ${release ?? ''}`;
  const known = held.get(key);
  if (known && Date.now() - known.at <= freshFor) return known.catalogue;
  const asked = ask(document, { release }, signedIn).then((data) => present(data.catalogue));
  held.delete(key);
  held.set(key, { at: Date.now(), catalogue: asked });
  for (const oldest of held.keys()) if (held.size > atMost) held.delete(oldest);
  asked.catch(() => held.delete(key));
  return asked;
}

/** The measure with this id, if the release has it. */
export function findMeasure(all: Catalogue, id: string): Definition | undefined {
  return all.measures.find((measure) => measure.id === id);
}

/** A measure with the one of how many people it is known for, where it has one: the two are asked for together. */
export function withDisclosure(all: Catalogue, measure: Definition): Definition[] {
  const disclosure = measure.disclosure ? findMeasure(all, measure.disclosure) : undefined;
  return disclosure ? [measure, disclosure] : [measure];
}
