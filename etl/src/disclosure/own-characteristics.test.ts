import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { findOwnPatterns, personalSets } from './own-characteristics.ts';

const codes = ['k0', 'k1', 'k2', 'k3', 'k4'];
let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`create type category_t as enum (${codes.map((code) => `'${code}'`).join(', ')})`);
  await connection.run(
    `create table release_category as select 'sex' as dimension, code from (values ${codes.map((code) => `('${code}')`).join(', ')}) as category(code);
     create table exact ("set" varchar, grain varchar, level varchar, area varchar, period_end date, tally varchar, a category_t, n bigint)`,
  );
});
afterAll(() => connection.closeSync());

/** Which of the counts of one table are withheld, by category; those of nobody as well. */
async function withheldOf(counts: readonly number[]): Promise<number[]> {
  await connection.run('delete from exact');
  const rows = counts.flatMap((n, k) =>
    n > 0 ? [`('sex', 'year', 'organisation', 'RAA', '2026-03-31', 'headcount', 'k${k}', ${n})`] : [],
  );
  if (rows.length > 0) await connection.run(`insert into exact values ${rows.join(', ')}`);
  await findOwnPatterns(connection, 'exact');
  return (await rowsOf<{ a: string }>(connection, 'select a::varchar as a from own_pattern order by a')).map(({ a }) =>
    Number(a.slice(1)),
  );
}

describe('an employer’s own people by one characteristic', () => {
  test.each([
    [
      [41, 3, 0, 0, 0],
      [41, 3],
    ],
    [
      [50, 6, 2, 9, 0],
      [6, 2],
    ],
    [
      [40, 3, 2, 0, 0],
      [3, 2],
    ],
    [
      [40, 1, 1, 9, 8],
      [1, 1, 8],
    ],
    [[3, 0, 0, 0, 0], [3]],
    [[40, 9, 0, 0, 0], []],
  ])('%j: %j are withheld', async (counts, expected) => {
    const places = await withheldOf(counts);
    expect(
      places
        .map((place) => counts[place]!)
        .filter((n) => n > 0)
        .sort(),
    ).toEqual([...expected].sort());
  });

  test('from the total and all that is shown, what is withheld may be anything from 0 to 5 at least, unless all is withheld', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 5 }), async (counts) => {
        const places = await withheldOf(counts);
        const shown = counts.filter((n, k) => n > 0 && !places.includes(k));
        expect(shown.every((n) => n >= 5)).toBe(true);
        if (places.length === 0 || shown.length === 0) return;
        // The range of each is from 0 to the rest of the total: at least another one can take its place.
        expect(places.filter((place) => counts[place]! > 0).length).toBeGreaterThanOrEqual(2);
        expect(places.reduce((sum, place) => sum + counts[place]!, 0)).toBeGreaterThanOrEqual(5);
        // Nobody is not told from few.
        for (const [k, n] of counts.entries()) if (n === 0) expect(places).toContain(k);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test('tables by work alone say nothing of a person beside it', () => {
    expect(personalSets).toEqual(expect.arrayContaining(['sex', 'band+sex', 'ethnic_group']));
    for (const set of ['', 'band', 'band+profession', 'stage', 'tenure_band']) expect(personalSets).not.toContain(set);
  });
});
