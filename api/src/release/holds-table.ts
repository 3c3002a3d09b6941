import type { ReleaseSchema } from '@ahp/sql/schema';
import { sql, type Kysely } from 'kysely';

/** Whether a release has a table: those made before it was thought of have not. */
export async function holdsTable(db: Kysely<ReleaseSchema>, table: keyof ReleaseSchema): Promise<boolean> {
  const { rows } = await sql`select 1 as found from duckdb_tables() where table_name = ${table}`.execute(db);
  return rows.length > 0;
}
