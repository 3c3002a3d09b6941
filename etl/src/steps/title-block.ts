import type { Extract } from '../extracts/extract.ts';
import type { Layout } from '../layouts/layout.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { firstLines, markedUtf16, namesIn } from '../reading/header.ts';
import { bestMatch, fits, known, matchHeader, type Match } from '../reading/match.ts';

/** How far down a header is looked for. */
const deepest = 30;
/** Values in a line of a title: “Run date:” and the date. */
const ofTitle = 2;

/**
 * The header that stands below a title or a line `sep=;`, or in what a spreadsheet calls Unicode text (UTF-16 with its mark, and tabs): what the
 * file says of itself goes before what the layout says. The best of all lines; it may not fit. Throws ExtractRefusal when rows that are no title
 * stand above a header that fits, for they would be lost.
 */
export function belowTheFirstLine(
  name: string,
  first: Buffer,
  layouts: readonly Layout[],
  extractOf: (name: string) => Extract,
): Match | undefined {
  const marked = markedUtf16(first);
  let best: Match | undefined;
  for (const encoding of new Set(marked ? [marked] : layouts.map(({ encoding }) => encoding ?? 'utf-8'))) {
    const lines = firstLines(first, encoding, deepest);
    if (lines === null) continue;
    const separator = /^\uFEFF?"?sep=(.)"?\s*$/i.exec(lines[0]!)?.[1] as Layout['delimiter'];
    const said = separator ?? (marked ? '\t' : undefined);
    for (const [at, line] of lines.entries()) {
      if (at === 0 && !marked) continue;
      const match = bestMatch(
        layouts.flatMap((layout) => {
          if (!marked && (layout.encoding ?? 'utf-8') !== encoding) return [];
          const delimiter = said ?? layout.delimiter;
          const header = namesIn(line, delimiter);
          const read = { ...layout, ...(said && { delimiter }), ...(marked && { encoding: marked }) };
          return header === null ? [] : [matchHeader(header, read, extractOf(layout.extract), at + 1)];
        }),
      );
      if (match === undefined || (best !== undefined && known(match) <= known(best))) continue;
      best = match;
      if (fits(match)) {
        refuseRowsAbove(name, lines.slice(separator ? 1 : 0, at), match);
        return match;
      }
    }
  }
  return best;
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
