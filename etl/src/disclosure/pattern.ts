/** A table of a release is told by these; a pattern names cells of it by their categories, where null stands for every one. */
export const tableColumns = ['"set"', 'grain', 'level', 'area', 'period_end', 'tally'] as const;
export const categoryColumns = ['a', 'b', 'c'] as const;

/** SQL condition: two rows, under the names given, are of the same table. */
export const sameTable = (left: string, right: string, columns: readonly string[] = tableColumns): string =>
  columns.map((column) => `${left}.${column} = ${right}.${column}`).join(' and ');

/** SQL condition: a cell lies in a pattern. */
export const inPattern = (cell: string, pattern: string): string =>
  [
    sameTable(cell, pattern),
    ...categoryColumns.map((column) => `(${pattern}.${column} is null or ${pattern}.${column} = ${cell}.${column})`),
  ].join(' and ');
