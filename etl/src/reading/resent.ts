import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { pseudonym } from '../extracts/shapes.ts';
import { workforce } from '../extracts/workforce.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { ExtractRefusal } from './extract-refusal.ts';

/** Rows that must be alike, and their share of the rows that the second file has of those months and organisations. */
const limits = { rows: 10, share: 0.75 };

/**
 * The refusals of workforce files that hold the people of another one under other pseudonyms, one for each pair with its own count: an extract
 * that was drawn again counts everybody twice, and no key tells. Rows are compared by all columns but the pseudonyms, where two files tell of one organisation and month; the parts of an extract that
 * was split differ in those. Each names both files.
 */
export async function resentRefusals(
  connection: DuckDBConnection,
  files: readonly ReceivedFile[],
): Promise<ExtractRefusal[]> {
  const told = workforce.columns.filter(({ pattern }) => pattern !== pseudonym).map(({ name }) => `"${name}"`);
  const pairs = await rowsOf<{ first: number; second: number; alike: number }>(
    connection,
    `with shared as (
       select period_end, organisation_code from workforce group by all having min(source_file) < max(source_file)
     ), compared as (
       select ${told.join(', ')}, source_file, row_number() over (partition by ${told.join(', ')}, source_file order by line) as nth
       from workforce semi join shared using (period_end, organisation_code)
     ), alike as (
       select min(source_file) over (partition by ${told.join(', ')}, nth) as first, source_file as second from compared qualify first < second
     ), counted as (
       select first, second, count(*)::integer as alike from alike group by all
     )
     select first, second, alike from counted
     join (select source_file as second, count(*) as rows from compared group by all) as file using (second)
     where alike >= ${limits.rows} and alike >= ${limits.share} * rows order by alike desc, first, second`,
  );
  const nameOf = (number: number) => files.find((file) => file.number === number)?.name ?? 'another file';
  return pairs.map(
    ({ first, second, alike }) =>
      new ExtractRefusal(
        'structure',
        nameOf(second),
        `${alike.toLocaleString('en-GB')} rows are those of ${nameOf(first)} in all but the pseudonyms: the same people, drawn again.`,
        'Keep one of the two files: the one whose pseudonyms are those of the other months.',
      ),
  );
}
