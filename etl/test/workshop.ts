import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop } from '@ahp/sql/open';
import { collectPublished } from '../src/extracts/published/collect.ts';
import { createExtractTables } from '../src/extracts/tables.ts';
import { conform, createCategories } from '../src/steps/conform.ts';
import { fillLedger } from '../src/steps/ledger.ts';
import { writePolicy } from '../src/steps/publish.ts';
import { loadReference } from '../src/steps/reference.ts';
import { runSqlFile } from '../src/steps/sql-file.ts';
import { cellTypes, createTypes } from '../src/steps/types.ts';

/** One workforce row; what is left out is that of an ordinary band 3 occupational therapy support worker. */
export interface Post {
  period_end: string;
  person_id: string;
  assignment_id?: string;
  organisation_code?: string;
  employer_code?: string;
  occupation_code?: string;
  band?: string;
  contracted_fte?: number;
  assignment_status?: string;
  contract_type?: string;
  organisation_start_date?: string;
  apprentice?: boolean;
  stage?: string;
}

const ordinary = {
  organisation_code: 'RXY',
  occupation_code: 'S9C',
  band: '3',
  contracted_fte: 1,
  assignment_status: 'active',
  contract_type: 'permanent',
  organisation_start_date: '2020-01-01',
};

/** An in-memory workshop that holds these posts as checked rows, with the code lists loaded. */
export async function workshopWith(posts: readonly Post[]): Promise<DuckDBConnection> {
  const connection = await (await openWorkshop(':memory:')).connect();
  await createExtractTables(connection);
  for (const [line, post] of posts.entries()) {
    const row: Record<string, unknown> = {
      ...ordinary,
      assignment_id: `A-${post.person_id}`,
      ...post,
      source_file: 1,
      line: line + 2,
    };
    const columns = Object.keys(row).filter((name) => row[name] !== undefined);
    const values = columns.map((name) =>
      typeof row[name] === 'string' ? `'${String(row[name])}'` : String(row[name]),
    );
    await connection.run(`insert into workforce (${columns.join(', ')}) values (${values.join(', ')})`);
  }
  await collectPublished(connection);
  await loadReference(connection);
  return connection;
}

/** Runs conform and ledger as a build does. */
export async function toLedger(connection: DuckDBConnection) {
  await createCategories(connection);
  await writePolicy(connection);
  await runSqlFile(connection, 'lattice/published.sql');
  await createTypes(connection, await cellTypes(connection));
  const conformed = await conform(connection, () => {});
  const ledger = await fillLedger(connection, () => {});
  return { conformed, ledger };
}
