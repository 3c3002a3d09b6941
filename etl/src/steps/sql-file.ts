import { readFileSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';

/** Runs every statement of a file of the `sql` package, given by its path there ("conform/person.sql"). */
export async function runSqlFile(connection: DuckDBConnection, path: string): Promise<void> {
  const text = readFileSync(new URL(`../../../sql/${path}`, import.meta.url), 'utf8');
  const statements = await connection.extractStatements(text);
  for (let index = 0; index < statements.count; index += 1) {
    const statement = await statements.prepare(index);
    try {
      await statement.run();
    } catch (cause) {
      throw new Error(`sql/${path}: ${(cause as Error).message}`, { cause });
    } finally {
      statement.destroySync();
    }
  }
}
