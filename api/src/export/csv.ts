import { formula } from '@ahp/sql/spreadsheet';
import type { FileTable } from './file-table.ts';

/** Rows that are written at a time, so that others are answered in between. */
const chunk = 500;

/**
 * CSV as RFC 4180 has it, UTF-8 with a byte order mark for spreadsheets. Text that a spreadsheet would run as a formula begins with
 * an apostrophe. Several tables follow each other, each under a line with its name.
 */
export function* csvOf(tables: readonly FileTable[]): Generator<string> {
  yield '\ufeff';
  for (const [index, { name, columns, rows }] of tables.entries()) {
    if (index > 0) yield '\r\n';
    if (tables.length > 1) yield line([name]);
    yield line(columns.map((column) => column.name));
    for (let from = 0; from < rows.length; from += chunk)
      yield rows
        .slice(from, from + chunk)
        .map(line)
        .join('');
  }
}

const line = (cells: readonly unknown[]) => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = harmless(String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const runs = new RegExp(formula, 'u');

/** Text that no spreadsheet runs. A plain negative number stays one. */
export function harmless(text: string): string {
  return runs.test(text) && !/^-\d[\d,]*(\.\d+)?%?$/.test(text) ? `'${text}` : text;
}
