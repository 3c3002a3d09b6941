import { readFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { audiences, countTable } from './audiences.ts';
import { chainTable } from './chain.ts';
import { nhs1To7Round5, ons10To5, roundingBase5 } from './fixed-ptables.ts';
import { magnitudeTable } from './magnitude.ts';
import { createPerturbationTable } from './perturbation-table.ts';
import { keyRange } from './ptable-row.ts';
import { createPTable, publish, type PTable } from './ptable.ts';
import { createRecordKeys } from './record-keys.ts';
import { Secret } from './secret.ts';
import vectors from './vectors/ckm_vectors.json' with { type: 'json' };

const folder = sharedData('vectors');
let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => connection.closeSync());

async function publishedInSql(table: PTable, cells: { count: number; key: number }[]): Promise<(number | null)[]> {
  await connection.run('create or replace temp table exact_cell (id integer, n bigint, cell_key ubigint)');
  const appender = await connection.createAppender('exact_cell', 'main', 'temp');
  cells.forEach(({ count, key }, id) => {
    appender.appendInteger(id);
    appender.appendBigInt(BigInt(count));
    appender.appendUBigInt(BigInt(key));
    appender.endRow();
  });
  appender.closeSync();
  const changes = await createPerturbationTable(connection, 'test_change', table);
  const rows = await rowsOf<{ published: number | null }>(
    connection,
    `select (n + ${changes.change('p', 'cell_key')})::double as published
     from exact_cell ${changes.join('p', 'n', 'cell_key')} order by id`,
  );
  return rows.map(({ published }) => published);
}

describe('looking changes up in SQL', () => {
  const tables: [string, PTable][] = [
    ...audiences.map(
      (audience) => [audience.id, audience.drawnFrom ? chainTable : countTable(audience)] as [string, PTable],
    ),
    ['sums', magnitudeTable],
    ['rounding to 5', roundingBase5],
    ['ONS 10-5', ons10To5],
    ['NHS 1-7/5', nhs1To7Round5],
  ];

  test.each(tables)('agrees with the exact 32-bit bounds on both sides of every bound: %s', async (_, table) => {
    const keys = [...new Set(table.rows.flat().flatMap(({ from, to }) => [from - 1, from, to - 1, to]))];
    const cells = [...table.rows.keys(), 16, 17, 999, 1_000_003].flatMap((count) =>
      keys.filter((key) => key >= 0 && key < keyRange).map((key) => ({ count, key })),
    );
    const expected = cells.map(({ count, key }) => publish(table, count, key));
    expect(await publishedInSql(table, cells)).toEqual(expected);
  });

  test('agrees with TypeScript for random parameters, counts and keys', async () => {
    const cell = fc.record({ count: fc.integer({ min: 0, max: 400 }), key: fc.integer({ min: 0, max: keyRange - 1 }) });
    const given = fc.tuple(
      fc.integer({ min: 3, max: 12 }),
      fc.double({ min: 0.3, max: 2.5, noNaN: true }),
      fc.array(cell, { minLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([D, V, cells]) => {
        const table = createPTable({ D, V, js: 0 });
        expect(await publishedInSql(table, cells)).toEqual(cells.map(({ count, key }) => publish(table, count, key)));
      }),
      { numRuns: 12, seed: 11 },
    );
  });

  test('gives all 144 cells of the reference vectors, keys and changes included', async () => {
    const dimensions = ['region', 'profession', 'band', 'sex'];
    await connection.run(
      'create or replace temp table person (id varchar, region varchar, profession varchar, band varchar, sex varchar)',
    );
    const appender = await connection.createAppender('person', 'main', 'temp');
    for (const { id, region, profession, band, sex } of vectors.records) {
      for (const value of [id, region, profession, band, sex]) appender.appendVarchar(value);
      appender.endRow();
    }
    appender.closeSync();
    await createRecordKeys(connection, new Secret(Buffer.from(vectors.secret)));
    const changes = await createPerturbationTable(
      connection,
      'vector_change',
      createPTable({ D: 10, V: 6.25, js: 4, equality: true }),
    );
    const sets = dimensions.flatMap((a, k) => [
      `(period, ${a})`,
      ...dimensions.slice(k + 1).map((b) => `(period, ${a}, ${b})`),
    ]);
    const rows = await rowsOf<Record<string, string | number | null>>(
      connection,
      `with keyed as (
         select *, record_key(record_digest('headcount', period, id), 0) as key
         from person, (values ('2025-03-31'), ('2025-06-30')) as periods (period)
       ), cell as (
         select period, ${dimensions.join(', ')}, count(*) as n, cell_key(key) as cell_key
         from keyed group by grouping sets ((period), ${sets.join(', ')})
       )
       select cell.* replace (n::integer as n), ${changes.change('p', 'cell_key')}::integer as v
       from cell ${changes.join('p', 'n', 'cell_key')}`,
    );
    const found = new Map(rows.map((row) => [nameOf(row.period as string, row), row]));
    for (const { period, cell, n, ckey, v, published } of vectors.expected) {
      const row = found.get(nameOf(period, cell)) ?? { n: 0, cell_key: 0, v: 0 };
      expect([row.n, row.cell_key, row.v, Number(row.n) + Number(row.v)]).toEqual([n, ckey, v, published]);
    }
    expect(vectors.expected).toHaveLength(144);

    function nameOf(period: string, cell: Record<string, unknown>): string {
      return [period, ...dimensions.map((dimension) => cell[dimension] ?? '')].join('|');
    }
  });
});

describe.skipIf(!folder)(`published vectors of others${folder ? '' : ` (${skipReason('vectors')})`}`, () => {
  test('all 200 cells of the ONS 10-5 example are equal', async () => {
    const lines = read(`${folder}/ons/ons_ckp_expected_var1_var5_var8.csv`);
    const records = read(`${folder}/ons/ons_ckp_micro_1000.csv`);
    const counted = lines.map((line) => {
      const members = records.filter(
        (one) => one.var1 === line.var1 && one.var5 === line.var5 && one.var8 === line.var8,
      );
      return { count: members.length, key: members.reduce((sum, one) => sum + Number(one.record_key), 0) % 256 };
    });
    expect(lines).toHaveLength(200);
    expect(counted).toEqual(lines.map((line) => ({ count: Number(line.pre_sdc_count), key: Number(line.ckey) })));
    expect(await publishedInSql(ons10To5, counted)).toEqual(lines.map(({ count }) => (count ? Number(count) : null)));
  });

  test("all 63 cells of cellKey's example are equal", async () => {
    const expected = read(`${folder}/cellkey/cellkey_expected_63cells_D5V3js2_pstay05.csv`);
    const records = [...read(`${folder}/cellkey/cellkey_records_4580.csv`)];
    const cells = expected.map(({ vname, sex, age }) => {
      const members = records.filter(
        (one) =>
          (sex === 'Total' || one.sex === sex) &&
          (age === 'Total' || one.age === age) &&
          (vname === 'total' || one[vname!] === '1'),
      );
      const sevenths = members.reduce((sum, one) => sum + Math.round(Number(one.rkey) * 1e7), 0) % 1e7;
      return { count: members.length, fraction: sevenths / 1e7 };
    });
    expect(expected).toHaveLength(63);
    expect(cells.map(({ count }) => count)).toEqual(expected.map(({ uwc }) => Number(uwc)));
    cells.forEach(({ fraction }, k) => expect(fraction).toBeCloseTo(Number(expected[k]!.ckey), 6));
    const table = createPTable({ D: 5, V: 3, js: 2, stay: 0.5 });
    const published = await publishedInSql(
      table,
      cells.map(({ count, fraction }) => ({ count, key: Math.floor(fraction * keyRange) })),
    );
    expect(published).toEqual(expected.map(({ puwc }) => Number(puwc)));
  });
});

function read(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, k) => [names[k]!, value])));
}
