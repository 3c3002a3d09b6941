/** A flat table: its columns in order, and its rows by column. */
export interface FlatTable {
  name: string;
  columns: string[];
  rows: Map<string, unknown>[];
}

/**
 * The tables of an answer: one for each root field that has rows (or nodes), one with a single row for each that has not. Objects
 * become columns with dotted names; a figure’s status stays a column of its own, never mixed into its value.
 */
export function tablesIn(data: Record<string, unknown>): FlatTable[] {
  return Object.entries(data).map(([name, part]) => tableOf(name, rowsIn(part)));
}

function rowsIn(part: unknown): unknown[] {
  if (Array.isArray(part)) return part;
  if (part === null || typeof part !== 'object') return [part];
  const lists = Object.values(part).filter(Array.isArray);
  const { rows, nodes } = part as { rows?: unknown; nodes?: unknown };
  if (Array.isArray(rows)) return rows;
  if (Array.isArray(nodes)) return nodes;
  return lists.length === 1 && Object.keys(part).length === 1 ? lists[0]! : [part];
}

function tableOf(name: string, parts: readonly unknown[]): FlatTable {
  const rows = parts.map((part) => new Map(flat(part, '')));
  return { name, rows, columns: [...new Set(rows.flatMap((row) => [...row.keys()]))] };
}

function flat(value: unknown, path: string): [string, unknown][] {
  if (Array.isArray(value))
    return [
      [path, value.map((item) => (item !== null && typeof item === 'object' ? JSON.stringify(item) : item)).join('; ')],
    ];
  if (value === null || typeof value !== 'object') return [[path || 'value', value]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path ? `${path}.${key}` : key));
}
