import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { macroFiles, macroText } from '@ahp/sql/macros';
import { rowsOf } from '@ahp/sql/open';
import type { Manifest } from './manifest.ts';

const cellTables = ['cell', 'withheld', 'published_cell'];
const lists = [
  'audience',
  'dimension',
  'area',
  'period',
  'break',
  'vacancy_method',
  'reporting',
  'mark',
  'category',
  'policy',
  'published_feed',
  'published_period',
  'quality',
];

/**
 * Digests of a release file that is attached as `catalog`. `cells` is equal for two files when all their cells are, byte for byte, and
 * whatever the order in which they were written; `content` also covers the lists and the macros, so that files of equal content say the
 * same to everyone. Neither depends on the name, the version or the time of the release.
 *
 * The digest of cells is a SHA-256 over SHA-256s, one for each group of rows with equal set, grain, level, tally and period, in order:
 * of the rest of the row (area|a|b|c|value, null as nothing), one row a line, sorted.
 */
export async function digestsOf(
  connection: DuckDBConnection,
  catalog: string,
): Promise<{ cells: string; content: string }> {
  const cells = hashOf(await Promise.all(cellTables.map((table) => cellDigest(connection, catalog, table))));
  const rest = [];
  for (const table of lists) rest.push(await listDigest(connection, catalog, table));
  return { cells, content: hashOf([cells, ...rest, ...macroFiles.map(macroText)]) };
}

/** Whether two releases have one title and files of equal content: the second would be news to nobody. */
export function saysTheSame(a: Manifest, b: Manifest): boolean {
  const said = ({ title, files }: Manifest) =>
    JSON.stringify([title, Object.entries(files).map(([name, { content }]) => [name, content])]);
  return said(a) === said(b) && Object.values(b.files).every(({ content }) => content);
}

/** How many rows are put together as text at a time: an ordered aggregate cannot spill to disk. */
const batch = 1_000_000;

async function cellDigest(connection: DuckDBConnection, catalog: string, table: string): Promise<string> {
  const feed = table === 'published_cell' ? 'feed' : `''`;
  const value = table === 'withheld' ? `''` : `coalesce(value::varchar, '')`;
  const parts: { part: string }[] = [];
  for (const sets of await batchesOf(connection, catalog, table))
    parts.push(
      ...(await rowsOf<{ part: string }>(
        connection,
        `with line as (
           select ${feed} as feed, "set", grain, level, tally, period_end,
             concat_ws('|', area, coalesce(a::varchar, ''), coalesce(b::varchar, ''), coalesce(c::varchar, ''), ${value}) as rest
           from ${catalog}.${table} where "set" in (${sets.map((set) => `'${set}'`).join(', ')})
         )
         select concat_ws('|', feed, "set", grain, level, tally, period_end, sha256(string_agg(rest, chr(10) order by rest))) as part
         from line group by feed, "set", grain, level, tally, period_end`,
      )),
    );
  if (parts.length === 0) return '';
  const lines = parts.map(({ part }) => Buffer.from(part)).sort(Buffer.compare);
  const hash = createHash('sha256');
  lines.forEach((line, index) => hash.update(index > 0 ? '\n' : '').update(line));
  return hash.digest('hex');
}

/** The sets of a table, put together so that none of the batches is much larger than `batch` rows. */
async function batchesOf(connection: DuckDBConnection, catalog: string, table: string): Promise<string[][]> {
  const sets = await rowsOf<{ set: string; n: number }>(
    connection,
    `select "set"::varchar as "set", count(*)::integer as n from ${catalog}.${table} group by 1 order by 1`,
  );
  const batches: string[][] = [];
  let rows = Infinity;
  for (const { set, n } of sets) {
    if (rows + n > batch) {
      batches.push([]);
      rows = 0;
    }
    batches.at(-1)!.push(set);
    rows += n;
  }
  return batches;
}

async function listDigest(connection: DuckDBConnection, catalog: string, table: string): Promise<string> {
  const [row] = await rowsOf<{ digest: string | null }>(
    connection,
    `select sha256(string_agg(line, chr(10) order by line)) as digest from (select to_json(item)::varchar as line from ${catalog}.${table} item)`,
  );
  return row?.digest ?? '';
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
