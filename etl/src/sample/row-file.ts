import { closeSync, openSync, writeSync } from 'node:fs';

const SIZE = 1 << 20;

/** A CSV file written through one megabyte of buffer; texts must be ASCII. */
export interface RowFile {
  name: string;
  rows: number;
  /** Writes `date`, then `rest` and a line end, as one row: `rest` begins with its comma. */
  row(date: string, rest: string): void;
  close(): void;
}

/** Opens `folder/name` for writing, replacing it, and writes the header. */
export function createRowFile(folder: string, name: string, header: string): RowFile {
  const file = openSync(`${folder}/${name}`, 'w');
  const buffer = Buffer.allocUnsafe(SIZE);
  let used = buffer.write(`${header}\n`, 0, 'latin1');
  const flush = () => {
    writeSync(file, buffer, 0, used);
    used = 0;
  };
  const self: RowFile = {
    name,
    rows: 0,
    row(date, rest) {
      if (used + date.length + rest.length + 1 > SIZE) flush();
      used += buffer.write(date, used, 'latin1');
      used += buffer.write(rest, used, 'latin1');
      buffer[used++] = 10;
      self.rows++;
    },
    close() {
      flush();
      closeSync(file);
    },
  };
  return self;
}

/** Files of one kind, one per calendar year, opened when the first row of the year comes. */
export interface YearFiles {
  row(year: number, date: string, rest: string): void;
  close(): { name: string; rows: number }[];
}

/** `kind-2025-synthetic.csv` and so on. */
export function createYearFiles(folder: string, kind: string, header: string): YearFiles {
  const open = new Map<number, RowFile>();
  const of = (year: number): RowFile => {
    let file = open.get(year);
    if (!file) open.set(year, (file = createRowFile(folder, `${kind}-${year}-synthetic.csv`, header)));
    return file;
  };
  return {
    row: (year, date, rest) => of(year).row(date, rest),
    close: () =>
      [...open.values()]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((file) => (file.close(), { name: file.name, rows: file.rows })),
  };
}
