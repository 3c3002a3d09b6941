import type { Extract } from '../extracts/extract.ts';
import type { Layout } from '../layouts/layout.ts';
import { nearest } from '@ahp/sql/nearest';

/** How a file's header answers a layout. `positions` gives, for each column of the extract that the file has, its place in a row. */
export type Match = {
  layout: Layout;
  extract: Extract;
  header: readonly string[];
  positions: Record<string, number>;
  /** Optional columns that the file leaves out. */
  absent: string[];
  missing: { column: string; nearest?: string }[];
  undeclared: string[];
  repeated: string[];
  /** The line of the header: 1, unless something stands above it. */
  headerLine: number;
  /** What separates the columns, where it is not what the layout says: `semicolons`. */
  separator?: string;
  /** Lines end in CR alone. */
  endsInCr?: boolean;
  /** Places of columns without a name: they must be blank in every row. */
  blank: number[];
  /** The sheet of a workbook that is read, and those that are not. */
  sheet?: string;
  otherSheets?: string[];
};

/** Header names are compared without case, spaces around, BOM, and with spaces, underscores and hyphens alike. */
export function headerKey(name: string): string {
  return name
    .replace(/^\uFEFF/, '')
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}

/** Compares a file's header with one layout of one extract. It fits when nothing is missing, undeclared or repeated. */
export function matchHeader(header: readonly string[], layout: Layout, extract: Extract, headerLine = 1): Match {
  const declared = new Map<string, string>();
  for (const column of extract.columns) {
    for (const alias of layout.headers?.[column.name] ?? []) declared.set(headerKey(alias), column.name);
  }
  for (const column of extract.columns) declared.set(headerKey(column.name), column.name);
  const columns = new Set(extract.columns.map(({ name }) => headerKey(name)));
  const ignored = new Set((layout.ignored ?? []).map(headerKey));

  const positions: Record<string, number> = {};
  const undeclared: string[] = [];
  const repeated: string[] = [];
  const blank: number[] = [];
  const seen = new Set<string>();
  header.forEach((name, position) => {
    const key = headerKey(name);
    if (key === '') return blank.push(position);
    const column = declared.get(key);
    if (seen.has(key) || (column !== undefined && column in positions)) repeated.push(name);
    else if (column !== undefined) positions[column] = position;
    else if (!ignored.has(key)) undeclared.push(name);
    seen.add(key);
  });

  // Without a name of its own to go by, a layout may not fill in what another one misses.
  const own = header.some((name) => declared.has(headerKey(name)) && !columns.has(headerKey(name)));
  const constants = own ? layout.constants : undefined;
  const without = extract.columns.filter(({ name }) => !(name in positions) && constants?.[name] === undefined);
  return {
    layout: { ...layout, constants },
    extract,
    header,
    positions,
    undeclared,
    repeated,
    headerLine,
    blank,
    absent: without.filter((column) => !column.required).map((column) => column.name),
    missing: without
      .filter((column) => column.required)
      .map((column) => ({ column: column.name, nearest: nearest(column.name, undeclared) })),
  };
}

export function fits(match: Match): boolean {
  return match.missing.length + match.undeclared.length + match.repeated.length === 0;
}

/** How many columns of the extract the file has. */
export const known = ({ positions }: Match): number => Object.keys(positions).length;

/** The best of several matches: one that fits, else the one that knows most of the file, then the one with the least left unexplained. The first wins a tie. */
export function bestMatch(matches: readonly Match[]): Match | undefined {
  const unexplained = ({ missing, undeclared, repeated }: Match) =>
    missing.length + undeclared.length + repeated.length;
  const better = (one: Match, other: Match) =>
    Number(fits(one)) - Number(fits(other)) || known(one) - known(other) || unexplained(other) - unexplained(one);
  return matches.reduce<Match | undefined>(
    (best, match) => (best === undefined || better(match, best) > 0 ? match : best),
    undefined,
  );
}
