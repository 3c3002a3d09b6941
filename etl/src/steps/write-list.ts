import type { DuckDBConnection } from '@duckdb/node-api';
import { formula } from '@ahp/sql/spreadsheet';
import { quoted } from '../extracts/sql-text.ts';

/**
 * Writes the rows of a query as CSV for an operator, who opens it in a spreadsheet: text that one may run as a formula (names of files, values
 * as they were sent) begins with an apostrophe. See https://owasp.org/www-community/attacks/CSV_Injection.
 */
export async function writeList(connection: DuckDBConnection, query: string, path: string): Promise<void> {
  await connection.run(
    `create or replace temp macro harmless(content) as
     if(regexp_matches(content, ${quoted(formula)}), '''' || content, content)`,
  );
  await connection.run(
    `copy (select harmless(columns(*)::varchar) from (${query})) to ${quoted(path)} (format csv, header)`,
  );
}
