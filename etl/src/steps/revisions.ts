import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Secret } from '../disclosure/secret.ts';

/** How often what a key period is about has been revised, and a fingerprint that tells whether it is again. */
export interface KeyPeriod {
  revision: number;
  fingerprint: string;
}
export type KeyPeriods = Record<string, KeyPeriod>;

/**
 * Gives the events of every key period that differs from what earlier releases were made of a key period of its own, so that all its
 * keys, and with them all its noise, are drawn anew: a correction that changed only the cells it touches would point at them.
 * What is as it was keeps its keys. `earlier` holds the key periods of all releases that are kept, made with the same secret.
 *
 * Those counted because their organisation returns educators or plans are known from the headcount: when such a return comes late, nothing
 * about people was corrected. Those counted at the ends of a window are known from the headcount too.
 * A fingerprint is an HMAC by the secret over the set of events, whatever their order: it says nothing to whoever reads the manifest.
 */
export async function reviseKeys(
  connection: DuckDBConnection,
  secret: Secret,
  earlier: readonly KeyPeriods[],
): Promise<KeyPeriods> {
  const sums = await rowsOf<{ key_period: string; sum: string }>(
    connection,
    `with line as (
       select key_period, grain, md5_number_lower(concat_ws('|', ${told.map((column) => `coalesce(${column}::varchar, '')`).join(', ')}))::hugeint as line
       from event join person on person.person = event.person where grain <> 'month' and family not in ('establishment', 'plan')
         and tally not in ('headcount_start', 'headcount_end')),
     counted as (select key_period, grain, sum(line)::varchar as sum from line group by key_period, grain)
     select key_period, arg_max(sum, grain) as sum from counted group by key_period order by key_period`,
  );
  const now: KeyPeriods = {};
  for (const { key_period: name, sum } of sums) {
    const fingerprint = secret.hmac(`events|${name}|${sum}`).toString('hex').slice(0, 16);
    const known = earlier.flatMap((periods) => periods[name] ?? []);
    const same = known.find((period) => period.fingerprint === fingerprint);
    const revision =
      same?.revision ?? (known.length === 0 ? 0 : Math.max(...known.map((period) => period.revision)) + 1);
    now[name] = { revision, fingerprint };
  }
  await rename(connection, now);
  return now;
}

/** What a fingerprint covers; the key period itself is in the HMAC. */
const told = [
  'tally',
  'person_id',
  'organisation',
  'profession',
  'band',
  'stage',
  'sex',
  'ethnic_group',
  'age_band',
  'disability',
  'tenure_band',
  'leaving_reason',
  'destination',
  'to_state',
  'to_stage',
  'standard',
  'domain',
  'cohort',
  'elapsed',
  'weight',
];

async function rename(connection: DuckDBConnection, periods: KeyPeriods): Promise<void> {
  const revised = Object.entries(periods).filter(([, { revision }]) => revision > 0);
  if (revised.length === 0) return;
  const names = revised.map(([name, { revision }]) => `('${name}', '${name}|r${revision}')`);
  await connection.run(
    `update event set key_period = revised.name from (values ${names.join(', ')}) as revised(key_period, name)
     where event.key_period = revised.key_period`,
  );
}
