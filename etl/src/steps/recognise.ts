import { basename } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Extract } from '../extracts/extract.ts';
import { extractNamed } from '../extracts/index.ts';
import type { Layout } from '../layouts/layout.ts';
import { ExtractRefusal, printable } from '../reading/extract-refusal.ts';
import { endsInCr, firstLines, headerNames, markedUtf16, refuseHopeless } from '../reading/header.ts';
import { bestMatch, fits, known, matchHeader, type Match } from '../reading/match.ts';
import { parquetColumns } from '../reading/parquet.ts';
import { refuseOtherThanUtf8 } from '../reading/utf8.ts';
import { elsewhere } from './title-block.ts';
import { isWorkbook, sheetTops, type SheetTop } from '../reading/workbook.ts';
import { recogniseSheet } from './recognise-sheet.ts';
import type { Candidate } from './candidates.ts';
import { mismatch, otherwiseSeparated } from './unrecognised.ts';

export interface Recognising {
  layouts: readonly Layout[];
  /** Finds the extract a layout names. */
  extractOf?: (name: string) => Extract;
  /** Opens a workbook to see the first rows of its sheets, apart from this process; by default here. */
  sheets?: (path: string, bytes: number) => Promise<SheetTop[]>;
  /** Opens a Parquet file to see its columns, apart from this process; by default here. */
  parquetColumns?: (path: string, bytes: number) => Promise<string[]>;
}

/** The layout that the header of a file answers, `first` its first bytes. Throws ExtractRefusal with the nearest layout when none does. */
export async function recognise(
  { path, bytes }: Candidate,
  first: Buffer | null,
  options: Recognising,
): Promise<Match> {
  const name = printable(basename(path));
  const extractOf = options.extractOf ?? extractNamed;
  const { layouts } = options;
  if (isWorkbook(path))
    return recogniseSheet(name, await (options.sheets ?? sheetTops)(path, bytes), layouts, extractOf);
  const parquet = first === null ? await (options.parquetColumns ?? columnsHere)(path, bytes) : null;
  const matches = layouts.flatMap((layout) => {
    const header = parquet ?? headerNames(first!, layout);
    return header === null ? [] : [matchHeader(header, layout, extractOf(layout.extract))];
  });
  const match = bestMatch(matches);
  if (match !== undefined && fits(match)) return taken(name, match, first);
  const other = first === null ? undefined : elsewhere(name, first, layouts, extractOf);
  if (other !== undefined && fits(other)) return taken(name, other, first);
  if (first !== null && !(markedUtf16(first) && other !== undefined && known(other) > 0)) refuseHopeless(name, first);
  const nearest = other !== undefined && known(other) > (match === undefined ? 0 : known(match)) ? other : match;
  if (nearest === undefined) {
    if (first !== null) refuseOtherThanUtf8(name, first);
    if (first !== null && ((firstLines(first)?.[0] ?? '').split('"').length - 1) % 2 === 1)
      throw new ExtractRefusal(
        'header',
        name,
        'The name of a column goes over two lines.',
        'Write each name in one line, without line breaks.',
        { line: 1 },
      );
    throw new ExtractRefusal(
      'header',
      name,
      'The first line is not a header.',
      'Start the file with a line of column names in UTF-8.',
    );
  }
  throw (
    (first !== null && known(nearest) === 0 && otherwiseSeparated(name, first, layouts, extractOf)) ||
    mismatch(name, nearest, layouts)
  );
}

function taken(name: string, match: Match, first: Buffer | null): Match {
  if (first === null) return match;
  refuseHopeless(name, first, match.layout);
  return endsInCr(first) && !match.layout.encoding?.startsWith('utf-16') ? { ...match, endsInCr: true } : match;
}

async function columnsHere(path: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  try {
    return await parquetColumns(await instance.connect(), path);
  } finally {
    instance.closeSync();
  }
}
