import { formula } from '@ahp/sql/spreadsheet';
import type { FlatTable } from './tables.ts';

/**
 * CSV as RFC 4180 has it, UTF-8 with a byte order mark for spreadsheets. Text that a spreadsheet would run as a formula begins with
 * an apostrophe. Several tables follow each other, each under a line with its name.
 */
export function csvOf(tables: readonly FlatTable[]): string {
  const named = tables.length > 1;
  const parts = tables.map(({ name, columns, rows }) =>
    [
      ...(named ? [cellOf(name)] : []),
      columns.map(cellOf).join(','),
      ...rows.map((row) => columns.map((column) => cellOf(row.get(column))).join(',')),
      '',
    ].join('\r\n'),
  );
  return `\ufeff${parts.join('\r\n')}`;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = harmless(String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const runs = new RegExp(formula, 'u');

/** A plain negative number stays one. */
function harmless(text: string): string {
  return runs.test(text) && !/^-\d[\d,]*(\.\d+)?%?$/.test(text) ? `'${text}` : text;
}
