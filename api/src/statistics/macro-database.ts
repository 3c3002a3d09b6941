import { DuckDBInstance } from '@duckdb/node-api';
import { DuckDBDialect } from '@ahp/sql/dialect';
import { createMacros } from '@ahp/sql/macros';
import { Kysely } from 'kysely';
import type { OpenRelease } from '../release/open-release.ts';

/** The macros without a release, for statistics of numbers of one’s own. */
export async function macroDatabase(): Promise<Pick<OpenRelease, 'db'> & { close: () => Promise<void> }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await createMacros(connection);
  connection.closeSync();
  const db: OpenRelease['db'] = new Kysely({ dialect: new DuckDBDialect({ instance }) });
  const close = async () => {
    await db.destroy();
    instance.closeSync();
  };
  return { db, close };
}
