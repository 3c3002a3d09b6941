import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Extract } from '../extracts/extract.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { ExtractRefusal } from './extract-refusal.ts';

/**
 * The refusals of files that hold the same rows, one for each pair with its own count, by the extract's natural key, or by all columns where it has none: counting a person twice is worse than
 * not building. Files that share no period are told apart by that alone. Each names both files.
 */
export async function overlapRefusals(
  connection: DuckDBConnection,
  extract: Extract,
  files: readonly ReceivedFile[],
): Promise<ExtractRefusal[]> {
  const names = extract.key.length > 0 ? extract.key : extract.columns.map(({ name }) => name);
  const [period] = names;
  const shared = await connection.runAndReadAll(
    `select list(distinct "${period}") from (select "${period}" from ${extract.name} group by "${period}" having min(source_file) < max(source_file))`,
  );
  if (shared.getRowsJS()[0]?.[0] === null) return [];
  const key = names.map((name) => `"${name}"`).join(', ');
  const pairs = await rowsOf<{ first: number; second: number; n: number; line: number }>(
    connection,
    `with shared as (
       from ${extract.name} where "${period}" in (select "${period}" from ${extract.name} group by "${period}" having min(source_file) < max(source_file))
     ), twice as (
       select min(source_file) over (partition by ${key}) as first, source_file as second, arg_min(line, source_file) over (partition by ${key}) as line
       from shared qualify first < second
     )
     select first, second, count(*)::integer as n, min(line)::integer as line from twice group by all order by first, second`,
  );
  const nameOf = (number: number) => files.find((file) => file.number === number)?.name ?? 'another file';
  return pairs.map(
    ({ first, second, n, line }) =>
      new ExtractRefusal(
        'structure',
        nameOf(second),
        `${n.toLocaleString('en-GB')} ${n === 1 ? 'row has' : 'rows have'} the same ${extract.key.join(', ') || 'values in every column'} as rows of ${nameOf(first)} (first: its line ${line}).`,
        'Keep one of the two files: the later one where it is a correction.',
      ),
  );
}
