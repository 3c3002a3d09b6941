import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { dimensions } from '../../../sql/lattice/dimensions.ts';
import { quarantine, quarantineUnknown } from './quarantine.ts';
import { runSqlFile } from './sql-file.ts';

export interface ConformSummary {
  people: number;
  posts: number;
  snapshots: number;
  /** Rows of extracts whose organisation no list knows. */
  unknownOrganisations: number;
  unknownOccupations: number;
}

/**
 * Resolves codes and finds each person's main post at each month end.
 * Rows whose organisation no list knows are moved to `quarantine`, so that in = loaded + quarantined still holds.
 */
export async function conform(connection: DuckDBConnection, onStep: (what: string) => void): Promise<ConformSummary> {
  onStep('unknown codes');
  const unknownOrganisations = await quarantineUnknownOrganisations(connection);
  await quarantineUnknown(
    connection,
    'overrides',
    'use_code',
    'select code from occupation_code',
    'is in no list of occupation codes: correct the override, or add the code to sql/reference/occupation_code.csv',
  );
  await settleVacancyMethods(connection);
  for (const name of [
    'judged',
    'person',
    'lineage',
    'override',
    'post',
    'snapshot',
    'reporting',
    'coverage',
    'new_people',
  ]) {
    onStep(name);
    await runSqlFile(connection, `conform/${name}.sql`);
  }
  const [counts] = await rowsOf<ConformSummary>(
    connection,
    `select (select count(*)::integer from person) as people, (select count(*)::integer from post) as posts,
       (select count(*)::integer from snapshot) as snapshots,
       (select count(*)::integer from post where kind = 'unknown') as "unknownOccupations"`,
  );
  return { ...counts!, unknownOrganisations };
}

/** The extracts that say of which organisation each row is; an override may leave it out. */
const placed = ['workforce', 'training', 'retention', 'establishment', 'plan', 'overrides'];

async function quarantineUnknownOrganisations(connection: DuckDBConnection): Promise<number> {
  const reason =
    'is in no list of organisations: send an organisations file with it, or add it to sql/reference/organisation.csv';
  const columns = [
    ...placed.map((table) => [table, 'organisation_code'] as const),
    ['workforce', 'employer_code'] as const,
  ];
  let total = 0;
  for (const [table, column] of columns)
    total += await quarantineUnknown(connection, table, column, 'select code from organisation', reason);
  return total;
}

/** Gives vacancies without a method that of their nation, and moves those below zero to `quarantine` where the method knows no such thing. */
async function settleVacancyMethods(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `update establishment set vacancy_method = method.code from organisation, vacancy_method as method
     where vacancy_method is null and organisation.code = organisation_code and list_contains(string_split(method.nations, ' '), organisation.nation)`,
  );
  await quarantine(
    connection,
    'establishment',
    'vacant_fte',
    `vacant_fte < 0 and vacancy_method in (select code from vacancy_method where below_zero = 'no')`,
    'is below zero, which posts under recruitment cannot be: correct it, or say vacancy_method funded_less_in_post',
  );
}

/** The categories of every dimension, from the code lists and, for cohorts and elapsed time, from what the ledger can hold. */
export async function createCategories(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `create or replace table category as
     with listed as (
       select 'profession' as dimension, code, label, label_cy, sort, valid_from, valid_to from profession
       union all by name select 'band' as dimension, code, label, label_cy, sort, valid_from, valid_to from band
       union all by name select 'stage' as dimension, code, label, label_cy, sort, valid_from, valid_to from stage
       union all by name select 'sex' as dimension, code, label, label_cy, sort, valid_from, valid_to from sex
       union all by name select 'ethnic_group' as dimension, code, label, label_cy, sort, valid_from, valid_to from ethnic_group
       union all by name select 'age_band' as dimension, code, label, label_cy, sort, valid_from, valid_to from age_band
       union all by name select 'disability' as dimension, code, label, label_cy, sort, valid_from, valid_to from disability
       union all by name select 'tenure_band' as dimension, code, label, label_cy, sort, valid_from, valid_to from tenure_band
       union all by name select 'leaving_reason' as dimension, code, label, null as label_cy, sort, valid_from, valid_to from leaving_reason
       union all by name select 'destination' as dimension, code, label, null as label_cy, sort, valid_from, valid_to from destination
       union all by name select 'standard' as dimension, code, label, null as label_cy, level::integer as sort, valid_from, valid_to from apprenticeship_standard
       union all by name select 'domain' as dimension, code, label, null as label_cy, sort, valid_from, valid_to from framework_domain
       union all by name select 'to_state' as dimension, code, label, label_cy, sort, valid_from, valid_to from band
       union all by name select 'to_stage' as dimension, code, label, label_cy, sort, valid_from, valid_to from stage
       union all by name select * from (select unnest(['to_state', 'to_stage']) as dimension), (select unnest(['apprentice', 'registered', 'inactive', 'left']) as code,
         unnest(['In an apprenticeship', 'Registered AHP', 'On leave or break', 'Left AHP support']) as label, null as label_cy, unnest([90, 91, 92, 93]) as sort)
       union all by name select 'cohort' as dimension, 'cohort_' || y as code, 'Joined in ' || (y - 1) || '/' || right(y::varchar, 2) as label, y as sort from (select unnest(range(year(min(period_end)) - 5, year(max(period_end)) + 2)) as y from workforce)
       union all by name select 'elapsed' as dimension, 'elapsed_' || lpad(m::varchar, 2, '0') as code, m || ' to ' || (m + case when m < 36 then 3 else 12 end) || ' months' as label, m as sort
         from (select unnest([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 48])) as months(m)
     ), complete as (
       select * from listed
       union all by name
       select dimension, 'unknown' as code, 'Unknown' as label, 'Anhysbys' as label_cy, 999 as sort
       from (select unnest([${dimensions.map(({ id }) => `'${id}'`).join(', ')}])) as d(dimension)
       where dimension not in ('band', 'cohort', 'elapsed', 'to_state', 'to_stage', 'staff_group', 'domain')
     )
     select dimension, code, arg_min(label, sort) as label, arg_min(label_cy, sort) as label_cy, min(sort)::integer as sort,
       min(valid_from) as valid_from, max(valid_to) as valid_to
     from complete where code is not null group by dimension, code`,
  );
}
