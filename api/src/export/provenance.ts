import type { Answered } from '../query/context.ts';
import { noiseStatement } from '../query/words.ts';
import type { ReleaseRecord } from '../release/catalogue.ts';
import { enumCase } from '../schema/enums.ts';

/** Where the figures of a file come from, and how to find them again: it is in every file. */
export interface Provenance {
  releases: readonly ReleaseRecord[];
  audience: string;
  document: string;
  variables: Readonly<Record<string, unknown>>;
  /** Address that gives this file again for as long as its release is kept; null where there is none. */
  link: string | null;
}

/** The versions of the releases, as text. */
export const versionsOf = ({ releases }: Provenance) => releases.map(({ version }) => version).join('; ');

const distinct = (texts: readonly string[]) => [...new Set(texts)].join('; ');

export const licenceOf = ({ releases }: Provenance) => distinct(releases.map(({ licence }) => licence));

/** What to write under a figure that is quoted. */
export function citationOf({ releases, link }: Provenance): string {
  const releasesCited = distinct(releases.map(({ citation }) => citation));
  return link ? `${releasesCited}. ${link}` : releasesCited;
}

/** The filters of a table in words of the question: `nation: WALES; band: BAND_3, BAND_4`. Empty where there is none. */
export function filtersOf({ question }: Answered): string {
  const codes = Object.entries(question.where ?? {}).flatMap(([field, values]) =>
    values?.length ? [`${field}: ${values.map((code) => codeOf(field, code)).join(', ')}`] : [],
  );
  return codes.join('; ');
}

const codeOf = (field: string, code: string) =>
  field === 'organisation' || field === 'region' || field === 'system' ? code : enumCase(code);

/** What to know before using a table, each thing once: how it is protected, and its warnings. */
export const notesOf = (answered: Answered) => [
  ...new Set([protectionOf(answered), ...answered.table.warnings.map(({ message }) => message)]),
];

/** How the figures of a table are protected, to print with them. */
export function protectionOf({ table }: Answered): string {
  return table.source === 'extracts'
    ? noiseStatement(table.open.catalogue.audience)
    : 'Official figures, as published.';
}
