import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DuckDBConnection } from '@duckdb/node-api';

const folder = fileURLToPath(new URL('../macros/', import.meta.url));

/** Names of the files of sql/macros in the order in which they run. A file may use macros of earlier files. */
export const macroFiles: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .sort();

/** Text of one file of sql/macros, such as `wilson.sql`; its leading comment says what, units, source and an example. */
export const macroText = (file: string): string => readFileSync(folder + file, 'utf8');

/** Names of all macros, in the order of creation: `['byar_lower', 'byar_upper', …]`. */
export const macroNames: readonly string[] = macroFiles.flatMap((file) =>
  [...macroText(file).matchAll(/^create or replace macro (\w+)\(/gm)].map((match) => match[1]!),
);

/**
 * Creates (or replaces) every macro of sql/macros in the current database and schema of the connection, so that whoever opens the
 * file has them. Throws DuckDB's error when a statement fails, with the file's name in front.
 */
export async function createMacros(connection: DuckDBConnection): Promise<void> {
  for (const file of macroFiles) {
    try {
      const statements = await connection.extractStatements(macroText(file));
      for (let i = 0; i < statements.count; i++) await (await statements.prepare(i)).run();
    } catch (cause) {
      throw new Error(`sql/macros/${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
}
