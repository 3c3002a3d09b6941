import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { quoted } from '../extracts/sql-text.ts';
import { workforce } from '../extracts/workforce.ts';
import type { Finding } from './finding.ts';

/** A fingerprint of the rows that a finding was made of, whatever their order: those of its place, from two months before to its own month. */
export async function fingerprintOf(
  connection: DuckDBConnection,
  { level, area, periodEnd, statistic }: Finding,
): Promise<string> {
  const columns = workforce.columns.map(({ name }) => `coalesce(workforce."${name}"::varchar, '')`);
  const places = {
    organisation: `coalesce(lineage.latest, workforce.organisation_code) = ${quoted(area)}`,
    nation: `organisation.nation = ${quoted(area)}`,
    uk: 'true',
  };
  const [row] = await rowsOf<{ print: string }>(
    connection,
    `select md5(concat_ws('|', coalesce(sum(md5_number_lower(concat_ws('|', ${columns.join(', ')}))::hugeint), 0)::varchar, count(*), round(${statistic}, 6))) as print
     from workforce left join organisation on organisation.code = workforce.organisation_code left join lineage on lineage.code = workforce.organisation_code
     where ${places[level]} and period_end between last_day(date ${quoted(periodEnd)} - interval 2 month) and date ${quoted(periodEnd)}`,
  );
  return row!.print;
}
