import type { DuckDBConnection } from '@duckdb/node-api';
import type { Extract } from '../extracts/extract.ts';
import { quoted } from '../extracts/sql-text.ts';
import { identifiersAmong, type Found, type Sighting } from './decide.ts';

const most = 20_000;

// Shapes an identifier can have once it has passed for a pseudonym or a code; one query when few values have any, else one for each.
const shapes = [
  '\\+?[0-9][0-9-]{8,16}',
  '[A-Za-z]{2,3}[0-9]{5,6}[A-Da-d]?',
  '[A-Za-z9]{5}[0-9]{6}[A-Za-z9]{2}[A-Za-z0-9]{3}',
  '[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}',
  '[0-9]{1,4}[-/.][0-9A-Za-z]{1,4}[-/.][0-9]{2,4}',
];

/** The direct identifiers in the text columns of the checked rows and in the values that were refused. `line` is the SQL of a row's line. */
export async function scanIdentifiers(
  connection: DuckDBConnection,
  extract: Extract,
  table: string,
  line: string,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const column of extract.columns) {
    if (column.kind === 'text')
      found.push(
        ...(await scanText(connection, column.name, `select ${line} as line, "${column.name}" as value from ${table}`)),
      );
    if (column.kind === 'reference') {
      const distinct = `select min(${line}) as line, "${column.name}" as value from ${table} where "${column.name}" is not null group by 2`;
      found.push(...(await scanText(connection, column.name, distinct)));
    }
  }
  return merged([...found, ...(await scanRefused(connection, extract, table, line))]);
}

/** Once for each column and kind: a code of the wrong form is seen among the values of its column and among what was refused. */
function merged(found: readonly Found[]): Found[] {
  const groups = Map.groupBy(found, ({ column, kind }) => `${column} ${kind}`).values();
  return [...groups].map((alike) => ({
    ...alike[0]!,
    count: Math.max(...alike.map(({ count }) => count)),
    lines: [...new Set(alike.flatMap(({ lines }) => lines))].toSorted((a, b) => a - b).slice(0, 10),
  }));
}

async function scanText(connection: DuckDBConnection, column: string, rows: string): Promise<Found[]> {
  const any = await sightings(connection, rows, shapes.join('|'), most + 1);
  if (any.length === 0) return [];
  const usual = await read(
    connection,
    `select line, value from (${rows}) where value is not null order by line limit 2000`,
  );
  const sample = usual.map(({ value }) => value);
  if (any.length <= most) return identifiersAmong(column, any, sample);
  const each: Sighting[] = [];
  for (const shape of shapes) each.push(...(await sightings(connection, rows, shape, most / 2)));
  return identifiersAmong(column, each, sample);
}

async function sightings(
  connection: DuckDBConnection,
  rows: string,
  shape: string,
  limit: number,
): Promise<Sighting[]> {
  return read(
    connection,
    `select line, value from (${rows}) where regexp_full_match(value, ${quoted(shape)}) order by line limit ${limit}`,
  );
}

async function scanRefused(
  connection: DuckDBConnection,
  extract: Extract,
  table: string,
  line: string,
): Promise<Found[]> {
  const refused = await connection.runAndReadAll(
    `select problem.column_name, line, problem.value
     from (select ${line} as line, unnest(list_transform(problems, lambda one: {column_name: one.column_name, value: one.value})) as problem from ${table} where problems is not null
       union all by name select line, {column_name: word.column_name, value: word.value} as problem from (select ${line} as line, unnest(strange) as word from ${table} where strange is not null))
     where problem.value is not null qualify row_number() over (partition by problem.column_name order by line) <= ${most}`,
  );
  const byColumn = Map.groupBy(refused.getRowsJS() as [string, bigint, string][], ([column]) => column);
  return extract.columns.flatMap(({ name, kind }) => {
    const rows = byColumn.get(name) ?? [];
    const here = identifiersAmong(
      name,
      rows.map(([, line, value]) => ({ line: Number(line), value })),
    );
    // A date written in another way is a wrong date in a date column, not a date of birth.
    return here.filter((one) => kind !== 'date' || one.kind !== 'date of birth');
  });
}

async function read(connection: DuckDBConnection, sql: string): Promise<Sighting[]> {
  const rows = (await connection.runAndReadAll(sql)).getRowsJS() as [bigint, string][];
  return rows.map(([line, value]) => ({ line: Number(line), value }));
}
