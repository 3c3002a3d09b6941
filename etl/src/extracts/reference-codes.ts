import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';

/** The rows of a shipped code list (`sql/reference/<list>.csv`). */
export function referenceRows(list: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../../../sql/reference/${list}.csv`, import.meta.url), 'utf8');
  return parse(text, { columns: true, bom: true }) as Record<string, string>[];
}

/** The codes of a shipped code list, in file order, each once. */
export function referenceCodes(list: string): string[] {
  return [...new Set(referenceRows(list).map((row) => row.code ?? ''))].filter((code) => code !== '');
}
