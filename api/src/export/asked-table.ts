import type { CellType, Column, FileTable } from './file-table.ts';
import { citationOf, licenceOf, versionsOf, type Provenance } from './provenance.ts';
import { tablesIn, type FlatTable } from './tables.ts';

/** The tables of an answer as they were asked for: a column for each field that was selected. */
export function askedTables(data: Record<string, unknown>): FileTable[] {
  return tablesIn(data).map(typed);
}

/** The same with columns that say where they come from. */
export function askedTablesWithOrigin(data: Record<string, unknown>, provenance: Provenance): FileTable[] {
  const origin = [
    ['release', 'Version of the release', versionsOf(provenance)],
    ['audience', 'Whom the figures are for', provenance.audience],
    ['licence', 'Licence', licenceOf(provenance)],
    ['citation', 'How to cite it', citationOf(provenance)],
  ] as const;
  return askedTables(data).map(({ columns, rows, ...table }) => {
    const added = origin.filter(([name]) => !columns.some((column) => column.name === name));
    return {
      ...table,
      columns: [...columns, ...added.map(([name, title]): Column => ({ name, title, type: 'text' }))],
      rows: rows.map((row) => [...row, ...added.map(([, , value]) => value)]),
    };
  });
}

function typed({ name, columns, rows }: FlatTable): FileTable {
  return {
    name,
    title: name,
    columns: columns.map((column) => ({
      name: column,
      title: column,
      type: typeOf(rows.map((row) => row.get(column) ?? null)),
    })),
    rows: rows.map((row) => columns.map((column) => (row.get(column) ?? null) as never)),
  };
}

/** The narrowest type that holds every value of a column. */
function typeOf(values: readonly unknown[]): CellType {
  const found = values.filter((value) => value !== null);
  const every = (holds: (value: unknown) => boolean) => found.length > 0 && found.every(holds);
  if (every((value) => typeof value === 'number')) return 'number';
  if (every((value) => typeof value === 'boolean')) return 'boolean';
  return every((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) ? 'date' : 'text';
}
