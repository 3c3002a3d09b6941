import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';

/** Moves the rows whose code is not among `known` to `quarantine`, with the code as it is: it is none of a person. */
export async function quarantineUnknown(
  connection: DuckDBConnection,
  table: string,
  column: string,
  known: string,
  reason: string,
): Promise<number> {
  return quarantine(connection, table, column, `${column} not in (${known})`, reason);
}

/** Moves the rows of which `wrong` is true to `quarantine`, with the value as it is. */
export async function quarantine(
  connection: DuckDBConnection,
  table: string,
  column: string,
  wrong: string,
  reason: string,
): Promise<number> {
  const [{ n } = { n: 0 }] = await rowsOf<{ n: number }>(
    connection,
    `select count(*)::integer as n from ${table} where ${wrong}`,
  );
  if (n === 0) return 0;
  await connection.run(
    `insert into quarantine by name
     select source_file, (select any_value(name) from received_file where number = source_file) as file, line, '${column}' as column_name,
       '${reason}' as reason, ${column}::varchar as masked_value
     from ${table} where ${wrong}`,
  );
  await connection.run(`delete from ${table} where ${wrong}`);
  return n;
}
