import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checking, ordinary } from '../../test/checking.ts';

let at: Awaited<ReturnType<typeof checking>>;
beforeAll(async () => {
  at = await checking();
});
afterAll(() => at.close());

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** Writes one row for each of `rows`: expressions of SQL by column, over those of the ordinary row. */
async function parquet(name: string, rows: Record<string, string>[]): Promise<string> {
  const path = join(at.folder, name);
  const selects = rows.map((row, i) => {
    const columns = {
      ...Object.fromEntries(Object.entries(ordinary).map(([key, value]) => [key, text(value)])),
      person_id: text(`P${i}`),
      ...row,
    };
    return `select ${Object.entries(columns)
      .map(([key, value]) => `${value} as "${key}"`)
      .join(', ')}`;
  });
  await at.connection.run(`copy (${selects.join(' union all ')}) to ${text(path)} (format parquet)`);
  return path;
}

describe('a Parquet file whose columns are typed', () => {
  test('gives the days, numbers and flags that it holds', async () => {
    const path = await parquet('typed.parquet', [
      {
        period_end: `date '2026-03-31'`,
        organisation_start_date: `timestamp '2021-09-06 00:00:00'`,
        contracted_fte: '0.8::double',
        apprentice: 'true',
      },
      {
        period_end: `date '2026-03-31'`,
        organisation_start_date: `null::timestamp`,
        contracted_fte: '1::double',
        apprentice: 'false',
      },
    ]);
    expect(await at.load(path)).toMatchObject({ reader: 'parquet', loaded: 2, quarantined: 0 });
    expect(
      await at.all(
        'select period_end, organisation_start_date, contracted_fte, apprentice from workforce order by line',
      ),
    ).toEqual([
      ['2026-03-31', '2021-09-06', '0.80000', true],
      ['2026-03-31', null, '1.00000', false],
    ]);
  });

  test('has no time of day rounded away and no number rounded', async () => {
    const path = await parquet('exact.parquet', [
      { organisation_start_date: `timestamp '2021-09-06 07:30:00'`, contracted_fte: '0.8::double' },
      { organisation_start_date: `null::timestamp`, contracted_fte: '(0.1::double + 0.2::double)' },
      { organisation_start_date: `null::timestamp`, contracted_fte: `'nan'::double` },
    ]);
    expect(await at.load(path)).toMatchObject({ loaded: 0, quarantined: 3 });
    expect((await at.all('select column_name from quarantine order by line')).flat()).toEqual([
      'organisation_start_date',
      'contracted_fte',
      'contracted_fte',
    ]);
  });
});

test('texts with control, invisible or too many characters are quarantined as in CSV, and the rest is composed', async () => {
  const path = await parquet('texts.parquet', [
    {},
    { person_id: `'P' || chr(8203)` },
    { person_id: `'P' || chr(10)` },
    { assignment_id: `repeat('x', 70000)` },
  ]);
  expect(await at.load(path)).toMatchObject({ read: 4, loaded: 1, quarantined: 3 });
  expect(await at.all('select line, column_name, reason from quarantine order by line')).toEqual([
    ['2', 'person_id', 'holds an invisible or control character'],
    ['3', 'person_id', 'holds an invisible or control character'],
    ['4', 'assignment_id', 'is longer than 65,536 characters'],
  ]);
});

test('a file cut or damaged anywhere is refused or read whole, never in part', async () => {
  const path = await parquet(
    'whole.parquet',
    Array.from({ length: 200 }, () => ({})),
  );
  const whole = readFileSync(path);
  const damaged = join(at.folder, 'damaged.parquet');
  let refused = 0;
  for (let cut = 1; cut < whole.length; cut += Math.ceil(whole.length / 40)) {
    writeFileSync(damaged, whole.subarray(0, cut));
    await expect(at.load(damaged)).rejects.toMatchObject({ name: 'ExtractRefusal' });
    refused++;
  }
  expect(refused).toBeGreaterThan(30);
});

test('a column of lists or structures is refused by name', async () => {
  const path = await parquet('nested.parquet', [{ sex: `{a: 'female'}` }]);
  await expect(at.load(path)).rejects.toMatchObject({ code: 'structure', column: 'sex' });
});

test('a file that says it holds far more rows than its bytes could is refused unread', async () => {
  const path = join(at.folder, 'bomb.parquet');
  const columns = Object.entries(ordinary).map(([name, value]) => `${text(value)} as ${name}`);
  await at.connection.run(
    `copy (select ${columns.join(', ')} from range(3000000)) to ${text(path)} (format parquet, compression zstd)`,
  );
  await expect(at.load(path)).rejects.toMatchObject({ code: 'too_large' });
});

test('a file whose name is a pattern is refused, and no other file is read in its place', async () => {
  await parquet('one.parquet', [{}, {}]);
  const path = at.write('*.parquet', readFileSync(join(at.folder, 'one.parquet')));
  await expect(at.load(path)).rejects.toMatchObject({ code: 'unreadable', remedy: 'Rename the file or its folder.' });
});
