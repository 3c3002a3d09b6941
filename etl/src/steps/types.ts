import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { tallies } from '@ahp/sql/tally';

/** The ENUM types of cells, by name, each with its values in order. */
export type CellTypes = Readonly<Record<string, readonly string[]>>;

/**
 * What the cells of this release can hold, from the policy, the geography and the categories. The workshop and the release files create
 * their types from the same lists: equal ENUM types are copied between databases as they are, unequal ones value by value.
 */
export async function cellTypes(connection: DuckDBConnection): Promise<CellTypes> {
  const values = async (query: string) =>
    (await rowsOf<{ value: string }>(connection, `select distinct value from (${query}) order by value`)).map(
      ({ value }) => value,
    );
  return {
    grain_t: ['month', 'quarter', 'year'],
    level_t: ['uk', 'nation', 'region', 'system', 'organisation'],
    tally_t: Object.keys(tallies),
    set_t: await values(`select "set" as value from policy_row union select "set" from release_published_cell`),
    area_t: await values(
      `select 'uk' as value union select code from nation union select code from region union select code from system union select code from organisation
       union select area from published_row`,
    ),
    category_t: await values('select code as value from release_category'),
    feed_t: await values(`select feed as value from release_published_feed union select 'none'`),
  };
}

/** Creates the types in the current database of the connection. */
export async function createTypes(connection: DuckDBConnection, types: CellTypes): Promise<void> {
  for (const [name, values] of Object.entries(types))
    await connection.run(
      `create type ${name} as enum (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`,
    );
}
