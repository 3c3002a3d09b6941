import type { Extract } from '../extracts/extract.ts';
import type { Layout } from '../layouts/layout.ts';
import { ofTitle } from '../reading/aside.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { firstLines, markedUtf16, namesIn, unmarkedUtf16 } from '../reading/header.ts';
import { bestMatch, fits, known, matchHeader, type Match } from '../reading/match.ts';

/** How far down a header is looked for. */
const deepest = 30;

/** What may separate columns; the names are plural. */
export const separators = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' } as const;
type Separator = keyof typeof separators;

/**
 * The header where a layout does not look for it: below a title or a line `sep=;`, or in what a spreadsheet calls Unicode text (UTF-16 with its mark,
 * and tabs); for a supplier’s layout also with columns separated otherwise than it says, and in UTF-16 without a mark. What the file is goes before
 * what the layout says. The best of all lines; it may not fit. Throws ExtractRefusal when rows that are no title stand above a header that
 * fits, for they would be lost.
 */
export function elsewhere(
  name: string,
  first: Buffer,
  layouts: readonly Layout[],
  extractOf: (name: string) => Extract,
): Match | undefined {
  const marked = markedUtf16(first);
  const unmarked = unmarkedUtf16(first);
  let best: Match | undefined;
  for (const encoding of new Set([marked ?? unmarked ?? layouts.map((layout) => layout.encoding ?? 'utf-8')].flat())) {
    const lines = firstLines(first, encoding, deepest);
    if (lines === null) continue;
    const said = /^\uFEFF?"?sep=(.)"?\s*$/i.exec(lines[0]!)?.[1] as Separator | undefined;
    for (const [at, line] of lines.entries()) {
      const match = bestMatch(
        layouts
          .filter((layout) => marked || (unmarked && layout.trims) || (layout.encoding ?? 'utf-8') === encoding)
          .flatMap((layout) =>
            delimitersOf(layout, said, marked !== null).flatMap((delimiter) => {
              const header = namesIn(line, delimiter);
              if (header === null) return [];
              const read = { ...layout, delimiter, ...((marked ?? unmarked) && { encoding }) };
              const other = !said && !marked && delimiter !== (layout.delimiter ?? ',');
              const found = matchHeader(header, read, extractOf(layout.extract), at + 1);
              return [other ? { ...found, separator: separators[delimiter] } : found];
            }),
          ),
      );
      if (match === undefined || (best !== undefined && known(match) <= known(best))) continue;
      best = match;
      if (fits(match)) {
        refuseRowsAbove(name, lines.slice(said ? 1 : 0, at), match);
        return match;
      }
    }
  }
  return best;
}

function delimitersOf({ delimiter = ',', trims }: Layout, said: Separator | undefined, marked: boolean): Separator[] {
  if (said) return [said];
  if (trims) return [delimiter, ...(Object.keys(separators) as Separator[]).filter((one) => one !== delimiter)];
  return [marked ? '\t' : delimiter];
}

function refuseRowsAbove(name: string, above: readonly string[], { layout, headerLine }: Match): void {
  const isTitle = (line: string) =>
    (namesIn(line, layout.delimiter) ?? []).filter((value) => value.trim() !== '').length <= ofTitle;
  if (above.every(isTitle)) return;
  throw new ExtractRefusal(
    'header',
    name,
    `The header is on line ${headerLine}, and rows stand above it.`,
    headerLine === 2
      ? 'Delete line 1, or send it as a file of its own.'
      : `Delete lines 1 to ${headerLine - 1}, or send them as a file of their own.`,
    { line: headerLine },
  );
}
