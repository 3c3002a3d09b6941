import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import type { Column } from './file-table.ts';
import type { Sheet } from './sheets.ts';

export type WorkbookKind = 'xlsx' | 'ods';

/** What a workbook is written from: plain data, so that it can be sent to a thread of its own. */
export interface Workbook {
  kind: WorkbookKind;
  title: string;
  /** When its release was published: the same workbook is the same bytes. */
  created: string;
  sheets: readonly Sheet[];
}

type Writing = Parameters<typeof writeXlsx>[0];
type WritingSheet = Writing['sheets'][number];
type Style = NonNullable<NonNullable<WritingSheet['columns']>[number]['style']>;

const font = { name: 'Arial', size: 12 };
const heading: Style = { font: { ...font, bold: true, size: 16 } };
const header: Style = { font: { ...font, bold: true }, alignment: { wrapText: true, vertical: 'top' } };
const plain: Style = { font };
const wrapped: Style = { font, alignment: { wrapText: true, vertical: 'top' } };

/** The bytes of a workbook, by hucre. ODS has no widths of columns there, and no marked tables. */
export async function writeWorkbook({ kind, title, created, sheets }: Workbook): Promise<Uint8Array> {
  const at = new Date(created);
  const workbook: Writing = {
    sheets: sheets.map(sheetOf),
    defaultFont: font,
    properties: { title, creator: 'AHP support workforce', created: at, modified: at },
  };
  return kind === 'xlsx' ? writeXlsx(workbook) : writeOds(workbook);
}

function sheetOf({ name, lines, table }: Sheet): WritingSheet {
  const columns = table?.columns ?? [{ name: '', title: '', type: 'text' } as Column];
  const top = lines.length;
  const rows = [
    ...lines.map((line) => [line]),
    ...(table ? [columns.map((column) => column.name), ...table.rows] : []),
  ];
  const cells = new Map<string, { style: Style }>([['0,0', { style: heading }]]);
  for (let i = 1; i < top; i += 1) cells.set(`${i},0`, { style: table ? plain : wrapped });
  if (table) columns.forEach((_, i) => cells.set(`${top},${i}`, { style: header }));
  return {
    name,
    rows: rows.map((row) => [...row]),
    columns: columns.map((column) => ({ width: widthOf(column, table), style: styleOf(column, name) })),
    cells,
    ...(table
      ? {
          tables: [
            {
              name: table.name.toLowerCase(),
              displayName: table.name.toLowerCase(),
              range: `A${top + 1}:${letters(columns.length)}${top + 1 + Math.max(1, table.rows.length)}`,
              columns: columns.map((column) => ({ name: column.name })),
              style: 'TableStyleLight1',
              showAutoFilter: false,
              showRowStripes: false,
            },
          ],
        }
      : {}),
  };
}

const styleOf = ({ type, format }: Column, sheet: string): Style =>
  type === 'number'
    ? { font, ...(format ? { numFmt: format } : {}), alignment: { horizontal: 'right' } }
    : sheet === 'Notes'
      ? wrapped
      : plain;

function widthOf({ name, type }: Column, table: Sheet['table']): number {
  if (!table) return 100;
  if (type === 'number') return 16;
  const column = table.columns.findIndex((one) => one.name === name);
  const longest = table.rows.slice(0, 200).reduce((most, row) => Math.max(most, String(row[column] ?? '').length), 12);
  return Math.min(80, longest + 2);
}

/** Letters of a column from its number: 1 → A, 27 → AA. */
function letters(column: number): string {
  return column > 26
    ? letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1)
    : String.fromCharCode(64 + column);
}
