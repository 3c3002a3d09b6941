import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { pseudonym } from '../extracts/shapes.ts';
import { workforce } from '../extracts/workforce.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { ExtractRefusal } from './extract-refusal.ts';

/** Rows that must be alike, and their share of the rows that the second file has of those months and organisations. */
const limits = { rows: 10, share: 0.75 };

/**
 * Refuses a workforce file that holds the people of another one under other pseudonyms: an extract that was drawn again counts everybody twice, and
 * no key tells. Rows are compared by all columns but the pseudonyms, where two files tell of one organisation and month; the parts of an extract that
 * was split differ in those. Throws an ExtractRefusal that names both files.
 */
export async function refuseResent(connection: DuckDBConnection, files: readonly ReceivedFile[]): Promise<void> {
  const told = workforce.columns.filter(({ pattern }) => pattern !== pseudonym).map(({ name }) => `"${name}"`);
  const [found] = await rowsOf<{ first: number; second: number; alike: number }>(
    connection,
    `with shared as (
       select period_end, organisation_code from workforce group by all having min(source_file) < max(source_file)
     ), compared as (
       select ${told.join(', ')}, source_file, row_number() over (partition by ${told.join(', ')}, source_file order by line) as nth
       from workforce semi join shared using (period_end, organisation_code)
     ), alike as (
       select min(source_file) as first, max(source_file) as second from compared
       group by ${told.join(', ')}, nth having min(source_file) < max(source_file)
     ), counted as (
       select first, second, count(*)::integer as alike from alike group by all
     )
     select first, second, alike from counted
     join (select source_file as second, count(*) as rows from compared group by all) as file using (second)
     where alike >= ${limits.rows} and alike >= ${limits.share} * rows order by alike desc limit 1`,
  );
  if (found === undefined) return;
  const nameOf = (number: number) => files.find((file) => file.number === number)?.name ?? 'another file';
  throw new ExtractRefusal(
    'structure',
    nameOf(found.second),
    `${found.alike.toLocaleString('en-GB')} rows are those of ${nameOf(found.first)} in all but the pseudonyms: the same people, drawn again.`,
    'Keep one of the two files: the one whose pseudonyms are those of the other months.',
  );
}
