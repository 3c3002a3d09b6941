import type { Figure } from './figure.ts';

/** How to quote the figure so that it can be found again; `origin` is the address of the site. */
export function toCitation(figure: Figure, origin: string): string {
  const { citation, release } = figure.provenance;
  const link = new URL(figure.permalink, origin);
  link.searchParams.set('release', release);
  return `${figure.subtitle}. In: ${citation.replace(/\.$/, '')}. ${link}`;
}
