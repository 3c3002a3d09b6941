import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openRelease, openWorkshop, rowsOf } from '@ahp/sql/open';
import { ownLists, ownTables } from '@ahp/sql/own-files';
import { filesIn } from '../../releases/private-part.ts';
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
  run: async ({ folder, ownFolder, noisy }) =>
    together(
      await Promise.all([
        ...noisy.map(({ id }) => examine(join(folder, `${id}.duckdb`), id)),
        examine(join(ownFolder, ownLists), 'own'),
        examineOwn(ownFolder),
      ]),
    ),
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

/** The files of single employers: of each its own rows alone, and no other column than a release has. */
async function examineOwn(folder: string): Promise<Outcome & { of: string }> {
  const known = (name: string) => ownTables.some((table) => name.startsWith(`${table}/area=`));
  const files = filesIn(folder).filter((name) => name.endsWith('.parquet'));
  const strange = filesIn(folder).filter(
    (name) => ![ownLists, 'manifest.json', 'audit.json'].includes(name) && !known(name),
  );
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  try {
    for (const name of files) {
      const path = join(folder, name).replaceAll("'", "''");
      const columns = await rowsOf<{ name: string }>(connection, `select name from parquet_schema('${path}') offset 1`);
      const [{ others } = { others: 0 }] = await rowsOf<{ others: number }>(
        connection,
        `select count(*)::integer as others from read_parquet('${path}', hive_partitioning = false) where area <> '${areaOf(name).replaceAll("'", "''")}'`,
      );
      strange.push(
        ...columns
          .filter((column) => !permittedCellColumns.includes(column.name))
          .map((column) => `${name} ${column.name}`),
        ...(others > 0 ? [`${name} with ${others} rows of others`] : []),
      );
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return {
    of: 'employers',
    figure: strange.length > 0 ? strange.join(', ') : `${files.length} files of one employer each`,
    passed: strange.length === 0,
  };
}

const areaOf = (name: string) => decodeURIComponent(/area=([^/]+)/.exec(name)![1]!);
