import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { macroFiles, macroText } from '@ahp/sql/macros';
import { rowsOf } from '@ahp/sql/open';
import type { Manifest } from './manifest.ts';
import type { PrivatePart } from './private-part.ts';

/** The tables whose rows are cells, each with where it is read from. */
export type CellTables = Record<'cell' | 'withheld' | 'published_cell', string>;

/** The tables of cells of a release file that is attached as `catalog`. */
export const cellTables = (catalog: string): CellTables => ({
  cell: `${catalog}.cell`,
  withheld: `${catalog}.withheld`,
  published_cell: `${catalog}.published_cell`,
});

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
 * Digests of a release file that is attached as `catalog`, with its cells in `tables`. `cells` is equal for two files when all their cells are, byte for byte, and
 * whatever the order in which they were written; `content` also covers the lists and the macros, so that files of equal content say the
 * same to everyone. Neither depends on the name, the version or the time of the release.
 *
 * The digest of cells is a SHA-256 over the groups of rows with equal set, grain, level, tally and period, in order: of each, how many rows and two
 * sums of 64-bit hashes of the rest of the row. Two such sums agree by chance in less than one of 10³⁰ pairs; that nobody has changed a file on purpose is
 * shown by its own SHA-256. The engine’s hash may change with its version: then the next release is new although it says the same.
 */
export async function digestsOf(
  connection: DuckDBConnection,
  catalog: string,
  tables = cellTables(catalog),
): Promise<{ cells: string; content: string }> {
  const cells = hashOf(
    await Promise.all(
      (['cell', 'withheld', 'published_cell'] as const).map((table) => cellDigest(connection, table, tables[table])),
    ),
  );
  const rest = [];
  for (const table of lists) rest.push(await listDigest(connection, catalog, table));
  return { cells, content: hashOf([cells, ...rest, ...macroFiles.map(macroText)]) };
}

interface Said {
  manifest: Pick<Manifest, 'title' | 'files'>;
  part: Pick<PrivatePart, 'own'>;
}

/** Whether two releases have one title and figures of equal content, own ones too: the second would be news to nobody. */
export function saysTheSame(a: Said, b: Said): boolean {
  const said = ({ manifest: { title, files }, part: { own } }: Said) =>
    JSON.stringify([title, own.content, Object.entries(files).map(([name, { content }]) => [name, content])]);
  return said(a) === said(b) && Object.values(b.manifest.files).every(({ content }) => content);
}

async function cellDigest(connection: DuckDBConnection, table: keyof CellTables, from: string): Promise<string> {
  const group = [...(table === 'published_cell' ? ['feed'] : []), '"set"', 'grain', 'level', 'tally', 'period_end'];
  const rest = ['area::varchar', 'a::varchar', 'b::varchar', 'c::varchar', ...(table === 'withheld' ? [] : ['value'])];
  const parts = await rowsOf<{ part: string }>(
    connection,
    `select concat_ws('|', ${group.join(', ')}, count(*), sum(hash(${rest.join(', ')})), sum(hash('again', ${rest.toReversed().join(', ')}))) as part
     from ${from} group by ${group.join(', ')}`,
  );
  const hash = createHash('sha256');
  for (const line of parts.map(({ part }) => part).sort()) hash.update(line).update('\n');
  return parts.length === 0 ? '' : hash.digest('hex');
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
