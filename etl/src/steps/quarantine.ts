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
  const place = table === 'workforce' ? ', organisation_code as organisation, period_end' : '';
  await connection.run(
    `insert into quarantine by name
     select source_file, (select any_value(name) from received_file where number = source_file) as file, line, '${column}' as column_name,
       '${reason}' as reason, ${column}::varchar as masked_value, ${column}::varchar as value${place}
     from ${table} where ${wrong}`,
  );
  await connection.run(`delete from ${table} where ${wrong}`);
  return n;
}

/** How many rows of a file are quarantined, and the most frequent reasons. */
export interface Rejected {
  quarantined: number;
  reasons: {
    column: string | null;
    reason: string;
    rows: number;
    firstLine: number;
    values: { value: string; rows: number }[];
    shapes: string[];
  }[];
}

/** What is quarantined of each file, by its number; files of which all was loaded are not in it. */
export async function rejectedByFile(connection: DuckDBConnection): Promise<Map<number, Rejected>> {
  const rows = await rowsOf<Rejected['reasons'][number] & { number: number; quarantined: number }>(
    connection,
    `with file as (select source_file, count(distinct line)::integer as quarantined from quarantine group by all),
     reason as (
       select source_file, column_name, regexp_replace(reason, ' of line [0-9]+$', ' of an earlier line') as told, count(*)::integer as n, min(line)::integer as first,
         map_entries(histogram(value) filter (where value is not null)) as held, (mode(masked_value)) as shape
       from quarantine group by 1, 2, 3
       qualify row_number() over (partition by source_file order by n desc, first, column_name) <= 20
     )
     select source_file as number, quarantined, column_name as "column", told as reason, n as rows, first as "firstLine",
       coalesce(list_transform(held, lambda one: {value: one.key, rows: one.value::integer}), []) as values, if(shape is null, [], [shape]) as shapes
     from reason join file using (source_file) order by number, n desc, first, column_name`,
  );
  const byFile = Map.groupBy(rows, ({ number }) => number);
  return new Map(
    [...byFile].map(([number, all]) => [
      number,
      {
        quarantined: all[0]!.quarantined,
        reasons: all.map(({ column, reason, rows, firstLine, values, shapes }) => ({
          column,
          reason,
          rows,
          firstLine,
          values: values.toSorted((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1)).slice(0, 12),
          shapes: values.length > 0 ? [] : shapes,
        })),
      },
    ]),
  );
}
