import { listValue } from '@duckdb/node-api';
import { sql, type RawBuilder } from 'kysely';
import { checkDeadline } from '../deadline.ts';
import type { OpenRelease } from '../release/open-release.ts';

/** A column of rows that are handed to a macro. Every value is a number or every one a text; no nulls. */
type Column = readonly number[] | readonly string[];

const isText = (column: Column): column is readonly string[] => typeof column[0] === 'string';

/** Rows of our own as a query: one column for each entry, of DOUBLE or VARCHAR. At least one row. */
export function rowsFrom(columns: Readonly<Record<string, Column>>): RawBuilder<unknown> {
  const parts = Object.entries(columns).map(([name, values]) => {
    const list = isText(values) ? sql`${listValue(values)}::varchar[]` : sql`${Float64Array.from(values)}::double[]`;
    return sql`unnest(${list}) as ${sql.ref(name)}`;
  });
  return sql`select ${sql.join(parts)}`;
}

/**
 * Runs a statement over rows of our own with the macros of the release: `given` is their name in it.
 * `await callMacros<{ s: number }>(open, { time: [1], at_risk: [10], events: [1] }, sql`select survival as s from life_table('given')`)`.
 */
export async function callMacros<Row>(
  { db }: OpenRelease,
  given: Readonly<Record<string, Column>>,
  statement: RawBuilder<unknown>,
): Promise<Row[]> {
  checkDeadline();
  if (Object.values(given)[0]!.length === 0) return [];
  const { rows } = await sql<Row>`with given as (${rowsFrom(given)}) ${statement}`.execute(db);
  return rows.map((row) => plain(row) as Row);
}

const plain = (value: unknown): unknown =>
  typeof value === 'bigint'
    ? Number(value)
    : Array.isArray(value)
      ? value.map(plain)
      : value !== null && typeof value === 'object' && 'items' in value
        ? plain((value as { items: unknown }).items)
        : value !== null && typeof value === 'object' && !(value instanceof Date)
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
          : value;
