import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openRelease, rowsOf } from '@ahp/sql/open';
import { audiences } from '../../disclosure/audiences.ts';
import { together, type Attack, type Outcome } from '../attack.ts';

const permittedCellColumns = ['a', 'area', 'b', 'c', 'grain', 'level', 'period_end', 'set', 'tally', 'value'];
const permittedTables = [
  'area',
  'audience',
  'break',
  'category',
  'cell',
  'change',
  'dimension',
  'period',
  'policy',
  'published_cell',
  'published_feed',
  'published_period',
  'published_reconciliation',
  'quality',
  'release',
  'vacancy_method',
  'reporting',
  'mark',
  'withheld',
];
const telling = /person|pseudonym|record_?key|cell_?key|ckey|noise|secret|digest|(^|_)n$/;

/** What cannot be in the file cannot leak from it. */
export const holdsCellsOnly: Attack = {
  number: 16,
  id: 'holds_cells_only',
  title: 'The release files hold published cells and reference tables only',
  criterion: 'no table of persons; no column for a true count, a key or noise; no write-ahead log',
  fast: true,
  asks: false,
  run: async ({ folder }) =>
    together(await Promise.all(audiences.map(({ id }) => examine(join(folder, `${id}.duckdb`), id)))),
};

async function examine(path: string, audience: string): Promise<Outcome & { of: string }> {
  const instance = await openRelease(path);
  const connection = await instance.connect();
  const columns = await rowsOf<{ table_name: string; column_name: string }>(
    connection,
    'select table_name, column_name from duckdb_columns() where not internal',
  );
  connection.closeSync();
  instance.closeSync();
  const tables = [...new Set(columns.map(({ table_name }) => table_name))];
  const strange = [
    ...tables.filter((table) => !permittedTables.includes(table)),
    ...columns
      .filter(
        ({ table_name, column_name }) =>
          telling.test(column_name) || (table_name === 'cell' && !permittedCellColumns.includes(column_name)),
      )
      .map(({ table_name, column_name }) => `${table_name}.${column_name}`),
    ...(existsSync(`${path}.wal`) && statSync(`${path}.wal`).size > 0 ? ['a write-ahead log'] : []),
  ];
  return {
    of: audience,
    figure: strange.length > 0 ? strange.join(', ') : `${tables.length} tables`,
    passed: strange.length === 0,
  };
}
