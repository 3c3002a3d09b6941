import { readFileSync } from 'node:fs';
import { openWorkshop, rowsOf } from './open.ts';

/** The ENUM types that the columns of a release use; each release fills them with the values that it holds. */
export const enumTypes = ['set_t', 'grain_t', 'level_t', 'area_t', 'category_t', 'tally_t', 'feed_t'] as const;

const releaseTables = readFileSync(new URL('../lattice/release.sql', import.meta.url), 'utf8');

interface Column {
  table_name: string;
  column_name: string;
  data_type: string;
  is_nullable: string;
}

/** Text of `sql/src/schema.ts`: row types of the tables of `sql/lattice/release.sql` for Kysely, read from information_schema. */
export async function generateSchema(): Promise<string> {
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  try {
    for (const type of enumTypes) await connection.run(`create type ${type} as enum ('')`);
    await connection.run(releaseTables);
    const columns = await rowsOf<Column>(
      connection,
      `select table_name, column_name, data_type, is_nullable from information_schema.columns
       where table_schema = 'main' order by table_name, ordinal_position`,
    );
    return textOf(Map.groupBy(columns, ({ table_name }) => table_name));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function textOf(tables: Map<string, Column[]>): string {
  const names = [...tables.keys()];
  return [
    '// Generated from sql/lattice/release.sql by sql/src/generate.ts; do not edit.',
    ...[...tables].map(
      ([table, columns]) => `\nexport interface ${typeName(table)} {\n${columns.map(line).join('\n')}\n}`,
    ),
    `\n/** The tables of a release file. */\nexport interface ReleaseSchema {\n${names.map((name) => `  ${name}: ${typeName(name)};`).join('\n')}\n}\n`,
  ].join('\n');
}

function line({ column_name, data_type, is_nullable }: Column): string {
  return `  ${column_name}: ${typescriptType(data_type)}${is_nullable === 'YES' ? ' | null' : ''};`;
}

function typescriptType(type: string): string {
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'INTEGER' || type === 'DOUBLE') return 'number';
  if (type === 'DATE' || type === 'TIMESTAMP') return 'Date';
  if (type === 'VARCHAR' || type.startsWith('ENUM')) return 'string';
  throw new Error(`sql/lattice/release.sql: no TypeScript type is known for a column of type ${type}`);
}

const typeName = (table: string) => `${table.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}Row`;
