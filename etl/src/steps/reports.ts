import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { writeList } from './write-list.ts';

/** Where the operator’s own lists of a release are: exact counts and lines of extracts, so never in the release itself. */
export const reportsFolder = (data: string, version: string): string => join(data, 'reports', version);

const reports: Record<string, string> = {
  'quarantine.csv': `
    select file.name as file, file.extract, quarantine.line, quarantine.column_name as "column", quarantine.reason, quarantine.masked_value
    from quarantine join received_file as file on file.number = quarantine.source_file order by file.number, quarantine.line, 4, 5`,
  'miscoding.csv': `
    select post.organisation, workforce.occupation_code, post.band,
      case when post.kind = 'unknown' then 'code in no list' when post.kind = 'registered' then 'registered code at band 4 or below' else 'support code at band 6 or above' end as problem,
      count(*) as posts, min(post.period_end) as first_month, max(post.period_end) as last_month
    from post join person on person.person = post.person
    join workforce on workforce.person_id = person.person_id and workforce.assignment_id = post.assignment_id and workforce.period_end = post.period_end
    where post.kind = 'unknown' or (post.kind = 'registered' and post.band_rank <= 3)
      or (post.kind = 'support' and post.definition in ('core', 'standard') and post.band_rank >= 5)
    group by all order by posts desc, 1, 2, 3`,
  'unknown.csv': `
    with latest as (from snapshot where side = 'support' qualify period_end = max(period_end) over (partition by organisation)),
    told as (unpivot (select organisation, period_end, sex::varchar as sex, ethnic_group::varchar as ethnic_group, age_band::varchar as age_band, disability::varchar as disability,
      stage::varchar as stage, tenure_band::varchar as tenure_band from latest) on sex, ethnic_group, age_band, disability, stage, tenure_band into name characteristic value code)
    select organisation, characteristic, period_end as month, count(*) as people, count(*) filter (where code = 'unknown') as unknown, round(unknown / people, 3) as share
    from told group by all having unknown > 0 order by share desc, unknown desc, organisation, characteristic`,
  'uniqueness.csv': `
    select "by", organisation, people, one as only_one, two as one_of_two, under_five from uniqueness order by organisation nulls first, "by"`,
  'findings.csv': `
    select finding.name, finding.stops, round(statistic, 3) as statistic, round(stops_at, 3) as stops_at, base, round(usual, 2) as usual, what, accepted.reason as accepted_because
    from finding left join accepted_finding as accepted using (name) order by finding.period_end desc, finding.rank, finding.name`,
  'overrides.csv': `
    select sent_code, use_code, organisation, band, posts, period_end as month, reason, decided_by, line as override_line
    from override_applied order by month, organisation, sent_code, band`,
};

/**
 * Writes the operator’s lists of a release, readable by their owner alone: every quarantined row with file, line, column, reason and masked
 * value; the posts whose codes do not fit; of how many people of each organisation a characteristic is not known, and how many stand out; the overrides
 * that applied. A list is there whole or not at all.
 */
export async function writeReports(connection: DuckDBConnection, data: string, version: string): Promise<void> {
  const folder = reportsFolder(data, version);
  const beside = `${folder}.part`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  await chmod(join(data, 'reports'), 0o700);
  for (const [name, query] of Object.entries(reports)) {
    const path = join(beside, name);
    await writeList(connection, query, path);
    await chmod(path, 0o600);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
}
