import type { Meaning, Provenance, Unit } from '#lib/figure/figure.ts';
import type { Catalogue } from './catalogue.ts';
import type { Brief } from './fragments.ts';

/** What kind of data stands behind an answer, in the words used on every page, file and print. */
export function dataKind(release: Catalogue['release'], source: 'EXTRACTS' | 'PUBLISHED'): string {
  if (source === 'PUBLISHED') return 'Official published figures';
  return release.synthetic ? 'Synthetic sample' : 'Protected figures from workforce extracts';
}

/** Where the numbers of an answer come from and what must be said with them. */
export function provenance(all: Catalogue, source: 'EXTRACTS' | 'PUBLISHED', statement: string): Provenance {
  const { release, feeds } = all;
  const published = feeds.map((feed) => `${feed.publisher}, ${feed.title}`).join('; ');
  return {
    release: release.version,
    dataKind: dataKind(release, source),
    source:
      source === 'PUBLISHED'
        ? published || 'Official published figures'
        : release.synthetic
          ? 'Synthetic workforce extracts: invented people, no real organisation'
          : 'Workforce extracts of employers',
    protection: source === 'PUBLISHED' ? 'Official figures, as published.' : statement,
    citation: release.citation,
    licence: release.licence,
  };
}

export function meaning(measure: Pick<Brief, 'id' | 'title' | 'plain' | 'formula' | 'source'>): Meaning {
  const { id, title, plain, formula, source } = measure;
  return { id, title, plain, formula, source };
}

/** The unit of a measure; the catalogue writes it in the case of its enum. */
export function unitOf(measure: Pick<Brief, 'unit'>): Unit {
  return measure.unit.toLowerCase() as Unit;
}
