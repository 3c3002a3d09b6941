import { nearest } from '@ahp/sql/nearest';
import type { Extract } from '../extracts/extract.ts';
import { headerIdentifier } from '../identifiers/headers.ts';
import type { Layout } from '../layouts/layout.ts';
import { ExtractRefusal, printable } from '../reading/extract-refusal.ts';
import { headerNames } from '../reading/header.ts';
import { separators } from './title-block.ts';
import { bestMatch, headerKey, known, matchHeader, type Match } from '../reading/match.ts';

/** The refusal of a file whose columns a layout knows once they are separated otherwise than it says; undefined when none does. */
export function otherwiseSeparated(
  name: string,
  first: Buffer,
  layouts: readonly Layout[],
  extractOf: (name: string) => Extract,
): ExtractRefusal | undefined {
  const delimiters = Object.keys(separators) as (keyof typeof separators)[];
  for (const delimiter of delimiters) {
    const match = bestMatch(
      layouts.flatMap((layout) => {
        const header = headerNames(first, { ...layout, delimiter });
        return header === null ? [] : [matchHeader(header, layout, extractOf(layout.extract))];
      }),
    );
    if (match === undefined || known(match) < 2) continue;
    const wanted = match.layout.delimiter ?? ',';
    const wantedName = separators[wanted as keyof typeof separators] ?? `“${wanted}”`;
    return new ExtractRefusal(
      'header',
      name,
      `The columns are separated by ${separators[delimiter]}; ${nearestOf(match)} has ${wantedName}.`,
      `Export the file with ${wantedName}, or put a layout with "delimiter": ${JSON.stringify(delimiter)} into the folder layouts beside the files.`,
      { line: 1 },
    );
  }
  return undefined;
}

const nearestOf = ({ extract, layout }: Match) => `${extract.title.toLowerCase()} extract, layout “${layout.id}”`;

/** The column that a name was most likely meant for, by the names that any layout of the extract has for it. */
function likely({ extract, missing }: Match, name: string, layouts: readonly Layout[]): string {
  const names = layouts
    .filter((layout) => layout.extract === extract.name)
    .flatMap(({ headers = {} }) => Object.entries(headers))
    .filter(([column]) => missing.some((one) => one.column === column))
    .flatMap(([column, aliases]) => aliases.map((alias) => ({ column, alias: headerKey(alias) })));
  const meant = nearest(
    headerKey(name),
    names.map(({ alias }) => alias),
  );
  const found = names.find(({ alias }) => alias === meant);
  return found === undefined ? '' : ` (did you mean “${found.column}”?)`;
}

/** The refusal of a file whose header answers no layout, with what keeps it from the nearest. */
export function mismatch(name: string, match: Match, layouts: readonly Layout[] = []): ExtractRefusal {
  const identifier = match.undeclared
    .map((column) => ({ column, kind: headerIdentifier(column) }))
    .find(({ kind }) => kind);
  if (identifier) {
    return new ExtractRefusal(
      'identifiers',
      name,
      `Column “${printable(identifier.column)}” announces a direct identifier (${identifier.kind}).`,
      'Remove the column, or send a pseudonym in its place, and destroy this copy.',
      { line: match.headerLine, column: identifier.column },
    );
  }
  const about = nearestOf(match);
  const problems = [
    ...match.missing.map(({ column, nearest }) =>
      nearest === undefined
        ? `“${column}” is missing`
        : `“${column}” is missing (nearest in the file: “${printable(nearest)}”)`,
    ),
    ...match.undeclared.map((column) => `“${printable(column)}” is not declared${likely(match, column, layouts)}`),
    ...match.repeated.map((column) => `“${printable(column)}” occurs twice`),
  ];
  // What is needed is named in full, however much there is.
  const most = Math.max(6, match.missing.length);
  const shown =
    problems.slice(0, most).join('; ') + (problems.length > most ? `; and ${problems.length - most} more` : '');
  const line = match.headerLine;
  const unlike = match.missing.length > match.extract.columns.length / 2;
  return new ExtractRefusal(
    unlike ? 'unknown_layout' : 'header',
    name,
    known(match) === 0
      ? 'No layout knows any column of this header.'
      : unlike
        ? `No layout knows this header. Nearest: ${about}: ${shown}.`
        : `As ${about}: ${shown}.`,
    unlike
      ? 'See etl/contracts for the columns, or add a layout for this supplier to the folder layouts beside the files.'
      : match.missing.some(({ column }) => column === 'period_end')
        ? 'Add a column with the month end, or say it for the whole file in a layout: "constants": {"period_end": "2026-03-31"}.'
        : 'Correct the header, or add the name to a layout; list a column to be read past as ignored.',
    { line, column: match.missing[0]?.column ?? match.undeclared[0] ?? match.repeated[0] },
  );
}
