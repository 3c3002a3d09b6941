import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Extract } from '../extracts/extract.ts';
import { workforce } from '../extracts/workforce.ts';

/** How many people share with how few others what is recorded of them. */
export interface Uniqueness {
  /** `post` (what tells where somebody works and as what), a column beside these, or `all` quasi-identifiers together. */
  by: string;
  /** Null for all organisations together. */
  organisation: string | null;
  people: number;
  /** People who are the only one, one of two, and among fewer than five. */
  one: number;
  two: number;
  under_five: number;
}

/** The quasi-identifiers that a contract declares, by whether they tell of the post or of the person. */
export const quasiIdentifiers = (of: 'post' | 'person', extract: Extract = workforce): string[] =>
  extract.columns.filter(({ quasiIdentifier }) => quasiIdentifier === of).map(({ name }) => name);

/**
 * Counts, in each organisation's latest month, how many people share a combination of quasi-identifiers; somebody with two assignments is as alike
 * as the rarer of them. Leaves the counts in the table `uniqueness`, which tells of people and so stays with the operator.
 */
export async function countAlike(connection: DuckDBConnection): Promise<Uniqueness[]> {
  const [post, person] = [quasiIdentifiers('post'), quasiIdentifiers('person')];
  const sets: [by: string, columns: string[]][] = [
    ['post', post],
    ...person.map((column): [string, string[]] => [column, [...post, column]]),
    ['all', [...post, ...person]],
  ];
  await connection.run(
    `create or replace temp table latest_row as select person_id, ${[...post, ...person].join(', ')} from workforce
     qualify period_end = max(period_end) over (partition by organisation_code)`,
  );
  await connection.run(`create or replace table uniqueness as ${sets.map(alike).join(' union all ')}`);
  await connection.run('drop table latest_row');
  return rowsOf<Uniqueness>(connection, 'from uniqueness where organisation is null');
}

function alike([by, columns]: [string, string[]]): string {
  const keys = columns.join(', ');
  return `
select '${by}' as "by", organisation, count(*)::integer as people, count_if(k = 1)::integer as one, count_if(k = 2)::integer as two, count_if(k < 5)::integer as under_five
from (
  with sized as (
    select person_id, organisation_code, count(*) over (partition by ${keys}) as k from (select distinct person_id, ${keys} from latest_row)
  )
  select null::varchar as organisation, person_id, min(k) as k from sized group by person_id
  union all
  select organisation_code, person_id, min(k) from sized group by organisation_code, person_id
) group by organisation`;
}
