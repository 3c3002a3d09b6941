import { createHmac, randomBytes } from 'node:crypto';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { createRecordKeys, dropRecordKeys, recordKey, streams, type Stream } from './record-keys.ts';
import { Secret } from './secret.ts';
import vectors from './vectors/ckm_vectors.json' with { type: 'json' };

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => connection.closeSync());

const names = Object.keys(streams) as Stream[];

async function keyInSql(secret: Secret, audience: string, period: string, person: string): Promise<number[]> {
  await createRecordKeys(connection, secret);
  const keys = names.map((name) => `record_key(digest, ${streams[name]}) as ${name}`).join(', ');
  const values = { audience, period, person };
  const query = `select ${keys} from (select record_digest($audience, $period, $person) as digest)`;
  const [row] = await rowsOf<Record<Stream, number>>(connection, query, values);
  return names.map((name) => row![name]);
}

describe('a record key', () => {
  test('equals every key of the reference vectors', () => {
    const secret = new Secret(Buffer.from(vectors.secret));
    for (const record of vectors.records) {
      expect(recordKey(secret, 'headcount', '2025-03-31', record.id)).toBe(record['rk_2025-03-31']);
      expect(recordKey(secret, 'headcount', '2025-06-30', record.id)).toBe(record['rk_2025-06-30']);
    }
  });

  test('is the same in SQL and in TypeScript, for any text and secret and in all eight streams', async () => {
    const given = fc.tuple(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.uint8Array({ minLength: 32, maxLength: 100 }),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([person, period, bytes]) => {
        fc.pre(!`${person}${period}`.includes('\0'));
        const secret = new Secret(bytes);
        const expected = names.map((name) => recordKey(secret, 'trusted', period, person, name));
        expect(await keyInSql(secret, 'trusted', period, person)).toEqual(expected);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  test('is a big-endian slice of the HMAC', () => {
    const bytes = randomBytes(32);
    const digest = createHmac('sha256', bytes).update('public|2026-03-31|p1').digest();
    const keys = names.map((name) => recordKey(new Secret(bytes), 'public', '2026-03-31', 'p1', name));
    expect(keys).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((stream) => digest.readUInt32BE(4 * stream)));
  });

  test('takes a date as its ISO text', async () => {
    const secret = new Secret(randomBytes(32));
    await createRecordKeys(connection, secret);
    const query = `select record_key(record_digest('public', date '2026-03-31', 'p1'), 0) as key`;
    const [row] = await rowsOf<{ key: number }>(connection, query);
    expect(row!.key).toBe(recordKey(secret, 'public', '2026-03-31', 'p1'));
  });

  test('has no correlation with the key of another secret, audience, period or stream', () => {
    const [secret, other] = [new Secret(Buffer.alloc(32, 'a')), new Secret(Buffer.alloc(32, 'b'))];
    const people = Array.from({ length: 8_000 }, (_, k) => `person-${k}`);
    const base = people.map((person) => recordKey(secret, 'public', '2026-03-31', person));
    const others = [
      people.map((person) => recordKey(other, 'public', '2026-03-31', person)),
      people.map((person) => recordKey(secret, 'trusted', '2026-03-31', person)),
      people.map((person) => recordKey(secret, 'public', '2026-06-30', person)),
      people.map((person) => recordKey(secret, 'public', '2026-03-31', person, 'fte')),
    ];
    for (const keys of others) expect(Math.abs(correlation(base, keys))).toBeLessThan(4 / Math.sqrt(people.length));
  });
});

describe('the secret in the database', () => {
  test('is in no catalogue entry, macro or error, and is gone after dropRecordKeys', async () => {
    const bytes = randomBytes(32);
    const secret = new Secret(bytes);
    await createRecordKeys(connection, secret);
    const { inner, outer } = secret.pads();
    const catalogue = await rowsOf(connection, `select * from duckdb_functions() where function_name like 'record%'`);
    const tables = await rowsOf(connection, 'select * from duckdb_tables()');
    const failure = await connection
      .run(`select record_digest('a', 'b', 'c')::integer`)
      .catch((error: Error) => error.message);
    const seen = JSON.stringify([catalogue, tables, failure], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(seen).toContain('record_key_inner_pad');
    for (const part of [bytes, inner, outer]) {
      for (const form of ['hex', 'base64', 'latin1'] as const)
        expect(seen).not.toContain(part.toString(form).slice(0, 12));
    }
    await dropRecordKeys(connection);
    const [gone] = await rowsOf<{ digest: string | null }>(connection, `select record_digest('a', 'b', 'c') as digest`);
    expect(gone!.digest).toBeNull();
  });

  test('is not seen by another connection', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const [first, second] = [await instance.connect(), await instance.connect()];
    await createRecordKeys(first, new Secret(randomBytes(32)));
    const [row] = await rowsOf<{ pad: unknown }>(second, `select getvariable('record_key_inner_pad') as pad`);
    expect(row!.pad).toBeNull();
  });
});

function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, k) => (value - ma) * (b[k]! - mb)));
  return covariance / Math.sqrt(mean(a.map((value) => (value - ma) ** 2)) * mean(b.map((value) => (value - mb) ** 2)));
}
