import { readFileSync } from 'node:fs';

/** One code of a list of `sql/reference`. */
export interface Code {
  code: string;
  label: string;
}

/** The codes of `sql/reference/<list>.csv` in file order, each once, with its label. */
export function codesOf(list: string): Code[] {
  const text = readFileSync(new URL(`../../../sql/reference/${list}.csv`, import.meta.url), 'utf8');
  const [header = [], ...rows] = text.trim().split('\n').map(fieldsOf);
  const [code, label] = [header.indexOf('code'), header.indexOf('label')];
  const codes = new Map<string, string>();
  for (const row of rows) if (!codes.has(row[code]!)) codes.set(row[code]!, row[label]!);
  return [...codes].map(([code, label]) => ({ code, label }));
}

/** Fields of one line of CSV; our own lists hold no line breaks inside quotes. */
function fieldsOf(line: string): string[] {
  const fields = `,${line.trimEnd()}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...fields].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
