import { readFileSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Secret } from './secret.ts';

/**
 * The independent key streams of one digest. Tallies of one stream agree on equal sets of people; different statistics of the same
 * set (a count and its FTE) must never share a stream, or the noise of one gives away that of the other.
 */
export const streams = {
  people: 0,
  fte: 1,
  leavers: 2,
  joiners: 3,
  movements: 4,
  training: 5,
  hours: 6,
  apprenticeships: 7,
} as const;
export type Stream = keyof typeof streams;

/**
 * The record key of a person (or an event) in one period for one audience: a whole number from 0 to 2^32 − 1.
 * Bytes 4 × stream to 4 × stream + 3, big-endian, of HMAC-SHA256(secret, audience | period | person).
 */
export function recordKey(
  secret: Secret,
  audience: string,
  period: string,
  person: string,
  stream: Stream = 'people',
): number {
  return secret.hmac(`${audience}|${period}|${person}`).readUInt32BE(4 * streams[stream]);
}

const macros = readFileSync(new URL('../../../sql/lattice/record_key.sql', import.meta.url), 'utf8');

/**
 * Gives the connection the macros of `sql/lattice/record_key.sql`: `record_digest(audience, period, person)`,
 * `record_key(digest, stream)` and the aggregate `cell_key(keys)`. The padded secret is bound to session variables, so no statement,
 * file or error holds it; profiles are switched off because they would print it. Call `dropRecordKeys` once the keys are made.
 */
export async function createRecordKeys(connection: DuckDBConnection, secret: Secret): Promise<void> {
  await connection.run('pragma disable_profiling');
  const { inner, outer } = secret.pads();
  for (const [name, pad] of [['inner', inner] as const, ['outer', outer] as const]) {
    const statement = await connection.prepare(`set variable record_key_${name}_pad = $1`);
    statement.bindBlob(1, pad);
    await statement.run();
  }
  await connection.run(macros);
}

/** Forgets the padded secret. `cell_key` and `record_key` still work on digests already made. */
export async function dropRecordKeys(connection: DuckDBConnection): Promise<void> {
  await connection.run('reset variable record_key_inner_pad; reset variable record_key_outer_pad');
}
