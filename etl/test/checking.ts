import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { createExtractTables } from '../src/extracts/tables.ts';
import { check } from '../src/steps/check.ts';
import type { Checked } from '../src/steps/describe.ts';
import { rejectedByFile } from '../src/steps/quarantine.ts';
import { receive } from '../src/steps/receive.ts';

/** An ordinary workforce row by column, for tests to change. */
export const ordinary = {
  period_end: '2026-03-31',
  person_id: 'P1',
  assignment_id: 'A1',
  organisation_code: 'RJ1',
  occupation_code: 'S9E',
  band: '3',
  contracted_fte: '0.8',
  assignment_status: 'active',
  contract_type: 'permanent',
  sex: 'female',
  ethnic_group: 'A',
  age_band: '35_44',
  disability: 'no',
};

/** Rows as CSV, each with the columns of the first; a person of its own for each. */
export function csvOf(rows: readonly Record<string, string>[]): string {
  const names = Object.keys(rows[0]!);
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((line) => `${line.join(',')}\n`)
    .join('');
}

/** A folder of files and a database to check them in. */
export async function checking() {
  const folder = mkdtempSync(join(tmpdir(), 'checking-'));
  const connection: DuckDBConnection = await (await DuckDBInstance.create(':memory:')).connect();
  await createExtractTables(connection);
  const all = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  return {
    folder,
    connection,
    all,
    write: (name: string, content: string | Buffer) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    /** Receives and checks one file; throws its refusal. */
    load: async (path: string): Promise<Checked> => {
      await connection.run('delete from quarantine');
      for (const table of ['workforce', 'training', 'retention']) await connection.run(`delete from ${table}`);
      const { files, refusals } = await receive([path]);
      if (refusals[0]) throw refusals[0];
      const result = await check(files[0]!, connection);
      return { ...result, reasons: (await rejectedByFile(connection)).get(files[0]!.number)?.reasons ?? [] };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
