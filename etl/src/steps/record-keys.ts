import type { DuckDBConnection } from '@duckdb/node-api';
import { nestedIn } from '../../../sql/lattice/homogeneous.ts';
import { keyedAs } from '../../../sql/lattice/policy.ts';
import { createRecordKeys, dropRecordKeys, streams } from '../disclosure/record-keys.ts';
import type { Secret } from '../disclosure/secret.ts';

const shared: Partial<Record<string, string>> = { ...keyedAs, ...nestedIn };
const rootOf = (tally: string): string => (shared[tally] === undefined ? tally : rootOf(shared[tally]));
const sharing = Object.keys(shared).map((tally) => `when '${tally}' then '${rootOf(tally)}'`);

/** SQL: what the keys of a row of `event` are drawn for. */
export const keyName = `(event.key_period || '|' || case event.tally::varchar ${sharing.join(' ')} else event.tally::varchar end)`;

/**
 * Draws the record keys of every person, key period and tally that the published cells use, as `record_key`: one for trusted counts, one for
 * their weights, and one by which the public counts are drawn from the trusted ones. Tallies have keys of their own: with shared ones, a published
 * 100 % would say that two sets of people are the same. Those that count the same people under another name (`keyedAs`) do share.
 * Months are exact (audience own) and need none.
 */
export async function drawRecordKeys(connection: DuckDBConnection, secret: Secret): Promise<void> {
  await createRecordKeys(connection, secret);
  try {
    await connection.run(
      `create or replace table record_key as
       with wanted as (select distinct ${keyName} as key_period, person from event where grain <> 'month'),
       digest as (
         select wanted.key_period, wanted.person,
           record_digest('public', key_period, person_id) as public_digest, record_digest('trusted', key_period, person_id) as trusted_digest
         from wanted join person on person.person = wanted.person
       )
       select key_period, person,
         record_key(public_digest, ${streams.people}) as public_key,
         record_key(trusted_digest, ${streams.people}) as trusted_key, record_key(trusted_digest, ${streams.fte}) as trusted_weight_key
       from digest`,
    );
  } finally {
    await dropRecordKeys(connection);
  }
}
