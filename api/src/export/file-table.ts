/** What a column of a file holds; everything but text is null where there is no value. */
export type CellType = 'text' | 'number' | 'boolean' | 'date';

export interface Column {
  name: string;
  /** What it means, for people. */
  title: string;
  type: CellType;
  /** How a number is printed in a spreadsheet. */
  format?: string;
}

/** A table of a file: its columns in order, and its rows in the order of the columns. */
export interface FileTable {
  name: string;
  title: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
}
export type Cell = string | number | boolean | null;

/** A column made of the value that `of` takes from each item. */
export interface Taking<Item> extends Column {
  of: (item: Item) => Cell | undefined;
}

/** The table of some items by columns that know where to take their values. */
export function tableFrom<Item>(
  name: string,
  title: string,
  columns: readonly Taking<Item>[],
  items: readonly Item[],
): FileTable {
  return {
    name,
    title,
    columns: columns.map(({ of: _, ...column }) => column),
    rows: items.map((item) => columns.map(({ of }) => of(item) ?? null)),
  };
}
