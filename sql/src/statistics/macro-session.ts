import { DuckDBInstance } from '@duckdb/node-api';
import { createMacros } from '../macros.ts';

/** A row as plain JavaScript: integers of any width are numbers. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the columns of a test's query are known to that test alone
export type PlainRow = Record<string, any>;

const plain = (value: unknown): unknown =>
  typeof value === 'bigint'
    ? Number(value)
    : Array.isArray(value)
      ? value.map(plain)
      : value !== null && typeof value === 'object' && !(value instanceof Date)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
        : value;

/** An in-memory database with the macros, for tests: `rows` runs one statement, `value` gives the first column of its first row. */
export async function macroSession() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await createMacros(connection);
  const rows = async (sql: string): Promise<PlainRow[]> =>
    (await (await (await connection.prepare(sql)).run()).getRowObjectsJS()).map((row) => plain(row) as PlainRow);
  const value = async (sql: string): Promise<PlainRow[string]> => Object.values((await rows(sql))[0] ?? {})[0];
  return { connection, rows, value };
}

/** Largest tolerated gap to a reference number printed to full precision: 1e-9, relative above 1. */
export const near = (actual: unknown, expected: unknown, tolerance = 1e-9): boolean =>
  actual === null || expected === null
    ? actual === expected
    : Math.abs(Number(actual) - Number(expected)) <= tolerance * Math.max(1, Math.abs(Number(expected)));
