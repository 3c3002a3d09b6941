import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quarantine, quarantineUnknown } from './quarantine.ts';

/** Lists whose order of presentation is a column. */
const sorted = [
  'band',
  'stage',
  'sex',
  'ethnic_group',
  'age_band',
  'disability',
  'profession',
  'tenure_band',
  'leaving_reason',
  'destination',
  'framework_domain',
];

const folder = fileURLToPath(new URL('../../../sql/reference/', import.meta.url));

/**
 * Creates one table per code list of `sql/reference`, named as its file, with valid_from and valid_to as dates, and adds the organisations and
 * successions that came with the extracts and the organisations that publications name. One row per organisation code is kept: a code that was given another
 * name is the same organisation, from when it was first in use to when its latest name ends.
 */
export async function loadReference(connection: DuckDBConnection): Promise<void> {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()) {
    const table = file.replace('.csv', '');
    await connection.run(
      `create or replace table "${table}" as
       select * replace (try_cast(valid_from as date) as valid_from, try_cast(valid_to as date) as valid_to)
       from read_csv('${folder}${file}', header = true, all_varchar = true, delim = ',', quote = '"')`,
    );
  }
  for (const table of sorted) await connection.run(`alter table "${table}" alter sort type integer`);
  await connection.run('alter table succession alter date type date');
  await quarantineMisplaced(connection);
  await connection.run(
    `insert into organisation by name select code, label, nation::varchar as nation, region, system, kind, valid_from, valid_to from organisations`,
  );
  await connection.run(
    'insert into organisation by name select code, label, nation, region, system, kind from published_organisation where code not in (select code from organisation)',
  );
  await connection.run(
    `insert into succession by name select old_code, new_code, date, 'extract' as source from successions`,
  );
  await connection.run(
    // A later list that does not know where an organisation lies does not take its place away.
    `create or replace table organisation as
     with known as (
       select *, row_number() over () as place, min(coalesce(valid_from, date '1900-01-01')) over (partition by code) as in_use_from from organisation
     )
     select * exclude (place) replace (coalesce(region, max(region) over (partition by code)) as region,
       coalesce(system, max(system) over (partition by code)) as system, nullif(in_use_from, date '1900-01-01') as valid_from)
     from known qualify row_number() over (partition by code order by known.valid_from desc nulls last, place desc) = 1`,
  );
}

/** Moves organisations to `quarantine` whose region or system no list knows, or that lies in another nation than they: their people would be nowhere. */
async function quarantineMisplaced(connection: DuckDBConnection): Promise<void> {
  for (const place of ['region', 'system']) {
    const known = `select code from ${place}`;
    const add = `correct it, leave it blank, or add it to sql/reference/${place}.csv`;
    await quarantineUnknown(connection, 'organisations', place, known, `is in no list of ${place}s: ${add}`);
    await quarantine(
      connection,
      'organisations',
      place,
      `${place} is not null and ${place} not in (${known} where ${place}.nation = organisations.nation::varchar)`,
      `lies in another nation than the organisation: correct the ${place} or the nation`,
    );
  }
}
