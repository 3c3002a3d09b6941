import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { createMacros } from '@ahp/sql/macros';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { dimensions } from '../../../sql/lattice/dimensions.ts';
import { policyOf, type AudienceId } from '../../../sql/lattice/policy.ts';
import { audiences } from '../disclosure/audiences.ts';
import { digestsOf } from '../releases/digest.ts';
import { sha256Of, type Manifest } from '../releases/manifest.ts';
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

/**
 * Writes one release file per audience into `staging` from the workshop's finished tables (`protected_<audience>`, `release_area`, …),
 * and returns what the manifest says of each.
 */
export async function writeReleaseFiles(
  connection: DuckDBConnection,
  staging: string,
  about: Pick<
    Manifest,
    'version' | 'title' | 'createdAt' | 'synthetic' | 'hasExtracts' | 'hasPublished' | 'codeVersion'
  >,
  types: CellTypes,
  onStep: (what: string) => void,
): Promise<Manifest['files']> {
  const files: Manifest['files'] = {};
  for (const audience of audiences) {
    onStep(audience.id);
    const name = `${audience.id}.duckdb`;
    const path = join(staging, name);
    await connection.run(`attach '${path.replaceAll("'", "''")}' as outbound (storage_version 'latest')`);
    const [{ catalog } = { catalog: '' }] = await rowsOf<{ catalog: string }>(
      connection,
      'select current_catalog() as catalog',
    );
    await connection.run('use outbound');
    try {
      await createTypes(connection, types);
      await runSqlFile(connection, 'lattice/release.sql');
      await fill(connection, catalog, audience.id, about);
    } finally {
      await connection.run(`use "${catalog}"`);
    }
    await connection.run('checkpoint outbound');
    const [{ rows } = { rows: 0 }] = await rowsOf<{ rows: number }>(
      connection,
      'select count(*)::integer as rows from outbound.cell',
    );
    const digests = await digestsOf(connection, 'outbound');
    await connection.run('detach outbound');
    await addMacros(path);
    // Exact figures are for the account that serves them.
    if (audience.v === 0) chmodSync(path, 0o600);
    files[name] = { ...(await sha256Of(path)), rows, ...digests };
  }
  return files;
}

async function fill(
  connection: DuckDBConnection,
  workshop: string,
  audience: AudienceId,
  about: Parameters<typeof writeReleaseFiles>[2],
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
  await connection.run(
    `insert into cell select * from "${workshop}".protected_${audience} order by "set", grain, level, tally, area, period_end, a, b, c`,
  );
  await connection.run(
    `insert into withheld by name select * from "${workshop}".withheld_${audience} order by "set", grain, level, tally, area, period_end, a, b, c`,
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
