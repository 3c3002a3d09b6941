import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { createMacros } from '@ahp/sql/macros';
import { ownLists, ownTables, writeOwnTable } from '@ahp/sql/own-files';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { dimensions } from '../../../sql/lattice/dimensions.ts';
import { policyOf, type AudienceId } from '../../../sql/lattice/policy.ts';
import { audiences } from '../disclosure/audiences.ts';
import { cellTables, digestsOf, type CellTables } from '../releases/digest.ts';
import { sha256Of, type Manifest } from '../releases/manifest.ts';
import { filesIn, type PrivatePart } from '../releases/private-part.ts';
import { runSqlFile } from './sql-file.ts';
import { createTypes, type CellTypes } from './types.ts';

const copied = [
  'area',
  'period',
  'break',
  'vacancy_method',
  'reporting',
  'mark',
  'category',
  'published_feed',
  'published_cell',
  'published_period',
  'quality',
  'change',
] as const;

type About = Pick<
  Manifest,
  'version' | 'title' | 'createdAt' | 'synthetic' | 'hasExtracts' | 'hasPublished' | 'codeVersion'
>;

/**
 * Writes one release file for each audience whose cells are perturbed into `staging`, from the workshop's finished tables (`protected_<audience>`,
 * `release_area`, …), and returns what the manifest says of each.
 */
export async function writeReleaseFiles(
  connection: DuckDBConnection,
  staging: string,
  about: About,
  types: CellTypes,
  onStep: (what: string) => void,
): Promise<Manifest['files']> {
  const files: Manifest['files'] = {};
  for (const { id } of audiences.filter(({ v }) => v > 0)) {
    onStep(id);
    const name = `${id}.duckdb`;
    const path = join(staging, name);
    const said = await writeFile(connection, path, types, async (workshop) => {
      await fillLists(connection, workshop, id, about);
      for (const table of ownTables)
        await connection.run(
          `insert into ${table} by name select * from "${workshop}".${sourceOf[table]}_${id} order by "set", grain, level, tally, area, period_end, a, b, c`,
        );
    });
    files[name] = { ...(await sha256Of(path)), ...said };
  }
  return files;
}

/**
 * Writes own figures into `staging`, the folder of a private part: the lists once, and the exact cells of each employer in files of their own.
 * Returns what the private part says of them.
 */
export async function writeOwnFiles(
  connection: DuckDBConnection,
  staging: string,
  about: About,
  types: CellTypes,
): Promise<Pick<PrivatePart, 'own' | 'files'>> {
  const tables = { cell: 'protected_own', withheld: 'withheld_own' };
  for (const table of ownTables) await writeOwnTable(connection, staging, table, tables[table]);
  const { cells, content, rows } = await writeFile(
    connection,
    join(staging, ownLists),
    types,
    (workshop) => fillLists(connection, workshop, 'own', about),
    tables,
  );
  const files: PrivatePart['files'] = {};
  for (const name of filesIn(staging)) files[name] = await sha256Of(join(staging, name));
  return { own: { cells: rows, digest: cells, content }, files };
}

/** Writes a file with the tables of a release, filled by `fill`, and says how many cells there are and what they hash to. */
async function writeFile(
  connection: DuckDBConnection,
  path: string,
  types: CellTypes,
  fill: (workshop: string) => Promise<void>,
  tables: Partial<CellTables> = {},
): Promise<{ rows: number; cells: string; content: string }> {
  await connection.run(`attach '${path.replaceAll("'", "''")}' as outbound (storage_version 'latest')`);
  const [{ catalog } = { catalog: '' }] = await rowsOf<{ catalog: string }>(
    connection,
    'select current_catalog() as catalog',
  );
  await connection.run('use outbound');
  try {
    await createTypes(connection, types);
    await runSqlFile(connection, 'lattice/release.sql');
    await fill(catalog);
  } finally {
    await connection.run(`use "${catalog}"`);
  }
  await connection.run('checkpoint outbound');
  const held = { ...cellTables('outbound'), ...tables };
  const [{ rows } = { rows: 0 }] = await rowsOf<{ rows: number }>(
    connection,
    `select count(*)::integer as rows from ${held.cell}`,
  );
  const digests = await digestsOf(connection, 'outbound', held);
  await connection.run('detach outbound');
  await addMacros(path);
  return { rows, ...digests };
}

const sourceOf = { cell: 'protected', withheld: 'withheld' } as const;

/** Fills every table but those of cells and of what is withheld of them. */
async function fillLists(
  connection: DuckDBConnection,
  workshop: string,
  audience: AudienceId,
  about: About,
): Promise<void> {
  const profile = audiences.find(({ id }) => id === audience)!;
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const citation = `AHP support workforce statistics${about.synthetic ? ' (synthetic sample)' : ''}, release ${about.version}, ${about.createdAt.slice(0, 10)}`;
  await connection.run(
    `insert into release values (${text(about.version)}, ${text(about.title)}, ${text(about.createdAt)}, null, ${about.synthetic}, ${about.hasExtracts},
       ${about.hasPublished}, ${text(about.codeVersion)}, ${text(citation)}, 'Open Government Licence v3.0')`,
  );
  await connection.run(
    `insert into audience values (${text(profile.id)}, ${text(profile.label)}, ${profile.d}, ${profile.v}, ${profile.js}, ${profile.displayMinimum}, ${profile.rateMinimum})`,
  );
  for (const [sort, { id, label, sensitive, characteristic }] of dimensions.entries())
    await connection.run(
      `insert into dimension values (${text(id)}, ${text(label)}, ${sensitive}, ${characteristic}, ${sort})`,
    );
  for (const table of copied)
    await connection.run(`insert into ${table} by name select * from "${workshop}".release_${table}`);
  await connection.run(
    `insert into policy select grain, level, "set", tally from "${workshop}".policy_row where audience = '${audience}'`,
  );
}

async function addMacros(path: string): Promise<void> {
  const instance = await openWorkshop(path);
  const connection = await instance.connect();
  await createMacros(connection);
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

/** Writes the policy of all audiences to the workshop as `policy_row`, where the release files take their part from. */
export async function writePolicy(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'create or replace table policy_row (audience varchar, grain varchar, level varchar, "set" varchar, tally varchar)',
  );
  const rows = audiences.flatMap(({ id }) => policyOf(id));
  const appender = await connection.createAppender('policy_row');
  for (const row of rows) {
    for (const value of [row.audience, row.grain, row.level, row.set, row.tally]) appender.appendVarchar(value);
    appender.endRow();
  }
  appender.closeSync();
}
