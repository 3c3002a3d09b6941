import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { audienceOf, audiences, countTable, publishedTo } from './audiences.ts';
import { fteUnit, hoursUnit, magnitudeTable, monthsUnit, publishSum, scaleSum } from './magnitude.ts';
import { createProtection, inWrittenOrder } from './protect.ts';
import { changeOf, publish } from './ptable.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => connection.closeSync());

describe('protecting cells', () => {
  const cell = {
    count: 'n',
    countKey: 'cell_key',
    chainKey: 'chain_key',
    sum: 'w',
    largest: 'w_largest',
    sumKey: 'weight_key',
  };
  const units = { fteUnit, hoursUnit, monthsUnit };

  test.each(audiences)('publishes counts and sums as TypeScript does: $id', async (audience) => {
    await connection.run('select setseed(0.25)');
    await connection.run(
      `create or replace temp table grouped as
       select n, (random() * 4294967295)::ubigint as cell_key, (random() * 4294967295)::ubigint as chain_key, (n * (100 + random() * 900))::bigint as w, (100 + random() * 1900)::integer as w_largest,
         (random() * 4294967295)::ubigint as weight_key
       from (select case when range < 40000 then range % 40 else (random() * 300000)::bigint end as n from range(50000))`,
    );
    const protection = await createProtection(connection, audience);
    const sums = Object.entries(units).map(([name, unit]) => `${protection.sum(cell, unit)}::double as "${name}"`);
    const rows = await rowsOf<Record<string, number | null>>(
      connection,
      `select n::double as n, cell_key::double as cell_key, chain_key::double as chain_key, w::double as w, w_largest, weight_key::double as weight_key,
         ${protection.count(cell)}::double as published, ${sums.join(', ')}
       from grouped ${protection.joins(cell)}`,
    );
    expect(rows).toHaveLength(50_000);
    const table = countTable(audienceOf(audience.drawnFrom ?? audience.id));
    const wrong = rows.filter((row) => {
      const count = row.n!;
      const first = publish(table, count, row.cell_key!);
      const published =
        audience.drawnFrom === null
          ? first
          : publishedTo(audience)(count, { trusted: row.cell_key!, public: row.chain_key! });
      const change = changeOf(magnitudeTable, 0, row.weight_key!)!;
      const sumOf = (unit: typeof fteUnit) => {
        if (audience.v === 0) return published && row.w!;
        const sum = publishSum(unit, { count, published: first, sum: row.w!, largest: row.w_largest!, change })!;
        return audience.drawnFrom === null || !published
          ? published && sum
          : scaleSum(unit, { sum, from: first!, to: published });
      };
      return row.published !== published || Object.entries(units).some(([name, unit]) => row[name] !== sumOf(unit));
    });
    expect(wrong).toEqual([]);
  });

  test('the public audience never sees 1 to 4, the trusted never 1 or 2, and an employer sees exact counts from 5 on', async () => {
    await connection.run(
      `create or replace temp table grouped as
       select range % 12 as n, (random() * 4294967295)::ubigint as cell_key, (random() * 4294967295)::ubigint as chain_key, 100 as w, 100 as w_largest, 0 as weight_key from range(60000)`,
    );
    const seen = async (id: 'public' | 'trusted' | 'own') => {
      const protection = await createProtection(connection, audienceOf(id));
      const query = `select distinct ${protection.count(cell)}::integer as value from grouped ${protection.joins(cell)} order by 1 nulls first`;
      return (await rowsOf<{ value: number | null }>(connection, query)).map(({ value }) => value);
    };
    expect((await seen('public')).slice(0, 3)).toEqual([0, 5, 6]);
    expect((await seen('trusted')).slice(0, 3)).toEqual([0, 3, 4]);
    expect(await seen('own')).toEqual([null, 0, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('keeps a cell without a count in the result, as null', async () => {
    await connection.run(
      `create or replace temp table grouped as select null::bigint as n, null::ubigint as cell_key, null::ubigint as chain_key, null::bigint as w, null::bigint as w_largest, null::ubigint as weight_key`,
    );
    const protection = await createProtection(connection, audienceOf('public'));
    const rows = await rowsOf(
      connection,
      `select ${protection.count(cell)} as n, ${protection.sum(cell, fteUnit)} as w from grouped ${protection.joins(cell)}`,
    );
    expect(rows).toEqual([{ n: null, w: null }]);
  });

  test('gives the same cells in the written order of joins, and puts the planner back afterwards', async () => {
    await connection.run(
      `create or replace temp table grouped as
       select range % 50 + 1 as n, range * 420000 as cell_key, 0 as chain_key, range % 50 * 800 + 800 as w, 1000 as w_largest, range * 410000 as weight_key from range(10000)`,
    );
    const protection = await createProtection(connection, audienceOf('trusted'));
    const query = `select sum(${protection.count(cell)})::double as people, sum(${protection.sum(cell, fteUnit)})::double as fte
      from grouped ${protection.joins(cell)}`;
    const expected = await rowsOf(connection, query);
    expect(await inWrittenOrder(connection, () => rowsOf(connection, query))).toEqual(expected);
    await expect(inWrittenOrder(connection, () => rowsOf(connection, 'select nothing'))).rejects.toThrow();
    const setting = await rowsOf<{ value: string }>(
      connection,
      `select current_setting('disabled_optimizers') as value`,
    );
    expect(setting).toEqual([{ value: '' }]);
  });
});
