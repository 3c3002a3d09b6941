import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const lists = readdirSync(folder)
  .filter((name) => name.endsWith('.csv'))
  .map((name) => name.slice(0, -4));
const columns = (list: string) => readFileSync(`${folder}${list}.csv`, 'utf8').split('\n')[0]!.split(',');

/** What identifies a row of each list at one date. Lists that map values of extracts are keyed by the value. */
const key: Record<string, string> = {
  population: 'nation',
  eligibility: 'nation',
  break: 'nation, tallies, valid_from',
  succession: 'old_code, new_code',
  band: 'source_value',
  stage: 'source_value',
  sex: 'source_value',
  disability: 'source_value',
  age_band: 'source_value',
  ethnic_group: 'source_value',
  framework_domain: 'source_value',
};

/** [list, column, list it must be found in, column there]; blanks are allowed. */
const references = [
  ['region', 'nation', 'nation', 'code'],
  ['system', 'nation', 'nation', 'code'],
  ['system', 'region', 'region', 'code'],
  ['organisation', 'nation', 'nation', 'code'],
  ['organisation', 'region', 'region', 'code'],
  ['organisation', 'system', 'system', 'code'],
  ['occupation_code', 'profession', 'profession', 'code'],
  ['apprenticeship_standard', 'profession', 'profession', 'code'],
  ['succession', 'old_code', 'organisation', 'code'],
  ['succession', 'new_code', 'organisation', 'code'],
  ['population', 'nation', 'nation', 'code'],
  ['break', 'nation', 'nation', 'code'],
  ['eligibility', 'nation', 'nation', 'code'],
  ['nation', 'code', 'eligibility', 'nation'],
] as const;

let db: DuckDBConnection;
const rows = async (sql: string) => (await db.runAndReadAll(sql)).getRowObjects();

beforeAll(async () => {
  db = await (await DuckDBInstance.create(':memory:')).connect();
  for (const list of lists)
    await db.run(
      `create table "${list}" as select row_number() over () as line, * from read_csv('${folder}${list}.csv', header = true, all_varchar = true)`,
    );
});

test('there are twenty-two lists', () => expect(lists).toHaveLength(22));

test.each(lists)('%s ends with valid_from and valid_to, as ISO dates in order', async (list) => {
  expect(columns(list).slice(-2)).toEqual(['valid_from', 'valid_to']);
  expect(await rows(`select * from "${list}" where cast(valid_from as date) > cast(valid_to as date)`)).toEqual([]);
});

test.each(lists)('%s has one row per code at every date', async (list) => {
  const columnsOfKey = (key[list] ?? 'code').split(', ');
  const same = columnsOfKey.map((column) => `a."${column}" is not distinct from b."${column}"`).join(' and ');
  const overlaps =
    await rows(`select a.line, b.line as other from "${list}" a join "${list}" b on ${same} and a.line < b.line
    and coalesce(cast(a.valid_from as date), date '0001-01-01') <= coalesce(cast(b.valid_to as date), date '9999-12-31')
    and coalesce(cast(b.valid_from as date), date '0001-01-01') <= coalesce(cast(a.valid_to as date), date '9999-12-31')`);
  expect(overlaps).toEqual([]);
});

test.each(references)('every %s.%s is in %s.%s', async (list, column, target, targetColumn) => {
  expect(
    await rows(
      `select distinct "${column}" from "${list}" where "${column}" is not null and "${column}" not in (select "${targetColumn}" from "${target}")`,
    ),
  ).toEqual([]);
});

test('geography has 4 nations, 7 regions, 42 ICBs, 14 Scottish boards, 7 Welsh boards and 5 NI areas now', async () => {
  const open = await rows(
    'select nation, count(*)::integer as n from system where valid_to is null group by all order by nation',
  );
  expect(Object.fromEntries(open.map((row) => [row['nation'], row['n']]))).toEqual({
    england: 42,
    northern_ireland: 5,
    scotland: 14,
    wales: 7,
  });
  expect(await rows(`select code from system where nation = 'england' and region is null`)).toEqual([]);
});

test('the standard definition is the 36 codes of twelve professions', async () => {
  const [row] = await rows(`select count(*)::integer as codes, count(distinct profession)::integer as professions
    from occupation_code where kind = 'support' and definition in ('core', 'standard')`);
  expect(row).toEqual({ codes: 36, professions: 12 });
});

test('the registered side, ambulance support and healthcare assistants have 51, 13 and 30 codes', async () => {
  const [row] =
    await rows(`select count(*) filter (kind in ('registered', 'technician', 'instructor'))::integer as registered,
    count(*) filter (kind = 'ambulance_support')::integer as ambulance, count(*) filter (code like 'H%')::integer as assistants from occupation_code`);
  expect(row).toEqual({ registered: 51, ambulance: 13, assistants: 30 });
});

test('every letter of a support code names the profession of the profession list', async () => {
  expect(
    await rows(`select o.code from occupation_code o left join profession p on p.letters = right(o.code, 1)
    where o.kind in ('support', 'registered') and p.code is distinct from o.profession`),
  ).toEqual([]);
});

test('every band and age band of an extract has a category', async () => {
  const bands = await rows('select source_value from band');
  expect(bands.map((row) => row['source_value']).sort()).toEqual(
    ['1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9', 'non_afc'].sort(),
  );
  const categories = await rows('select distinct code from band');
  expect(categories).toHaveLength(8);
  expect(await rows('select code from stage')).toHaveLength(4);
  expect(await rows('select code from age_band')).toHaveLength(7);
});

test('ethnic groups are sixteen letters and not stated, in five groups and unknown', async () => {
  const [row] = await rows(
    'select count(source_value)::integer as letters, count(distinct code)::integer as groups from ethnic_group',
  );
  expect(row).toEqual({ letters: 17, groups: 6 });
});

test('tenure bands meet without gap or overlap', async () => {
  const bands = await rows(
    'select months_from::integer as lower, months_to::integer as upper from tenure_band where months_from is not null order by lower',
  );
  bands.slice(1).forEach((band, index) => expect(band['lower']).toBe(bands[index]!['upper']));
});

test('an organisation that a succession replaces ends the day before', async () => {
  expect(
    await rows(`select s.old_code from succession s join organisation o on o.code = s.old_code and o.valid_to is not null
    where cast(o.valid_to as date) + 1 <> cast(s.date as date) and not exists
      (select 1 from organisation later where later.code = o.code and later.valid_from is not null and later.valid_to is null)`),
  ).toEqual([]);
});

test('every registration standard names its profession', async () => {
  expect(
    await rows(`select code from apprenticeship_standard where route = 'registration' and profession is null`),
  ).toEqual([]);
  expect(
    await rows(`select code from apprenticeship_standard where code like 'ST%' and code !~ '^ST[0-9]{4}$'`),
  ).toEqual([]);
});
