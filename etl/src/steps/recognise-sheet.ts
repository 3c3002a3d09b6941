import type { Extract } from '../extracts/extract.ts';
import type { Layout } from '../layouts/layout.ts';
import { ofTitle } from '../reading/aside.ts';
import { ExtractRefusal, printable } from '../reading/extract-refusal.ts';
import { bestMatch, fits, known, matchHeader, type Match } from '../reading/match.ts';
import { formatsOf } from '../reading/typing.ts';
import type { SheetTop } from '../reading/workbook.ts';
import { mismatch } from './unrecognised.ts';

/**
 * The one sheet of a workbook whose header, on its first row or below a title, answers a layout. Throws ExtractRefusal when none does, with the
 * nearest, or when several do: each is a table of its own.
 */
export function recogniseSheet(
  name: string,
  sheets: readonly SheetTop[],
  layouts: readonly Layout[],
  extractOf: (name: string) => Extract,
): Match {
  const best = sheets.flatMap((sheet) => bestOf(sheet, layouts, extractOf) ?? []);
  const fitting = best.filter(fits);
  if (fitting.length > 1)
    throw new ExtractRefusal(
      'structure',
      name,
      `Several sheets answer a layout: ${fitting.map(({ sheet }) => `“${printable(sheet!)}”`).join(', ')}.`,
      'Save each of them as a file of its own, so that nothing is left out.',
    );
  const nearest = fitting[0] ?? best.toSorted((a, b) => known(b) - known(a))[0];
  if (nearest === undefined)
    throw new ExtractRefusal('empty', name, 'The workbook has no sheet with anything in it.', 'Send the file again.');
  if (!fits(nearest)) throw mismatch(name, nearest, layouts);
  return {
    ...nearest,
    otherSheets: sheets.map(({ name }) => printable(name)).filter((other) => other !== nearest.sheet),
  };
}

function bestOf(sheet: SheetTop, layouts: readonly Layout[], extractOf: (name: string) => Extract): Match | undefined {
  const matches = sheet.top.flatMap((row, at) => {
    const header = row.slice(0, row.findLastIndex((value) => value !== '') + 1);
    const isTitled = sheet.top.slice(0, at).every((above) => above.filter((value) => value !== '').length <= ofTitle);
    if (header.length === 0 || !isTitled) return [];
    return layouts.map((layout) => matchHeader(header, layout, extractOf(layout.extract), at + 1));
  });
  const best = bestMatch(matches);
  if (best === undefined) return undefined;
  return { ...best, layout: withDays(best), sheet: sheet.name };
}

// A cell that is a day is written as one, whatever a layout says of days that are texts.
function withDays({ layout, extract }: Match): Layout {
  const days = extract.columns.filter(({ kind }) => kind === 'date');
  const dates = Object.fromEntries(
    days.map((column) => [column.name, [...new Set(['YYYY-MM-DD' as const, ...formatsOf(column, layout)])]]),
  );
  return { ...layout, dates };
}
