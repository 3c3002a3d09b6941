import type { DuckDBConnection } from '@duckdb/node-api';
import type { Extract } from '../extracts/extract.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { ExtractRefusal } from './extract-refusal.ts';

/**
 * Refuses files that hold the same rows, by the extract's natural key, or by all columns where it has none: counting a person twice is worse than
 * not building. Files that share no period are told apart by that alone. Throws an ExtractRefusal that names two of the files.
 */
export async function refuseOverlaps(
  connection: DuckDBConnection,
  extract: Extract,
  files: readonly ReceivedFile[],
): Promise<void> {
  const names = extract.key.length > 0 ? extract.key : extract.columns.map(({ name }) => name);
  const [period] = names;
  const shared = await connection.runAndReadAll(
    `select list(distinct "${period}") from (select "${period}" from ${extract.name} group by "${period}" having min(source_file) < max(source_file))`,
  );
  if (shared.getRowsJS()[0]?.[0] === null) return;
  const key = names.map((name) => `"${name}"`).join(', ');
  const twice = await connection.runAndReadAll(
    `select count(*), min(first), min(second), min(line) from (
       select min(source_file) as first, max(source_file) as second, arg_min(line, source_file) as line from ${extract.name}
       where "${period}" in (select "${period}" from ${extract.name} group by "${period}" having min(source_file) < max(source_file))
       group by ${key} having min(source_file) < max(source_file))`,
  );
  const [count, first, second, line] = twice.getRowsJS()[0]!;
  if (Number(count) === 0) return;
  const nameOf = (number: unknown) => files.find((file) => file.number === Number(number))?.name ?? 'another file';
  throw new ExtractRefusal(
    'structure',
    nameOf(second),
    `${Number(count).toLocaleString('en-GB')} rows have the same ${extract.key.join(', ') || 'values in every column'} as rows of ${nameOf(first)} (first: its line ${Number(line)}).`,
    'Keep one of the two files: the later one where it is a correction.',
  );
}
