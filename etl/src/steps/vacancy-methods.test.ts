import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { beforeAll, expect, test } from 'vitest';
import { toLedger, workshopWith } from '../../test/workshop.ts';
import { referenceCodes, referenceRows } from '../extracts/reference-codes.ts';
import { runSqlFile } from './sql-file.ts';

let connection: DuckDBConnection;

/** What organisations say is vacant, and how they count where they say so. */
const sent: readonly [organisation: string, vacant: number, method: string | null][] = [
  ['RAP', -2.5, null],
  ['RRP', 1, 'advertised'],
  ['7A1', -3, null],
  ['SCOT-SAS', 4, null],
  ['SCOT-NES', -1, null],
  ['SCOT-NSS', -1, 'funded_less_in_post'],
];

beforeAll(async () => {
  connection = await workshopWith([{ period_end: '2026-03-31', person_id: 'P-1' }]);
  for (const [line, [organisation, vacant, method]] of sent.entries())
    await connection.run(
      `insert into establishment by name select date '2026-03-31' as period_end, '${organisation}' as organisation_code, 'physiotherapy' as profession,
         '3' as band, 10 as funded_fte, ${vacant} as vacant_fte, ${method ? `'${method}'` : 'null'} as vacancy_method, 1 as source_file, ${line + 2} as line`,
    );
  await toLedger(connection);
  await runSqlFile(connection, 'lattice/vacancy_method.sql');
});

const methodsAt = async (level: string) => {
  const rows = await rowsOf<{ area: string; codes: string }>(
    connection,
    `select area, string_agg(code, ' ' order by code) as codes from release_vacancy_method where level = '${level}' and grain = 'year' group by area`,
  );
  return Object.fromEntries(rows.map(({ area, codes }) => [area, codes]));
};

test('a blank method is that of the nation, and one that is said stays', async () => {
  expect(await methodsAt('organisation')).toEqual({
    RAP: 'funded_less_in_post',
    RRP: 'advertised',
    '7A1': 'funded_less_in_post',
    'SCOT-SAS': 'advertised',
    'SCOT-NSS': 'funded_less_in_post',
  });
});

test('an area has every method of the organisations in it', async () => {
  expect(await methodsAt('nation')).toEqual({
    england: 'advertised funded_less_in_post',
    scotland: 'advertised funded_less_in_post',
    wales: 'funded_less_in_post',
  });
  expect(await methodsAt('uk')).toEqual({ uk: 'advertised funded_less_in_post' });
});

test('vacancies below zero are quarantined by line and value where the method knows no such thing', async () => {
  expect(
    await rowsOf(
      connection,
      `select line::integer as line, column_name, masked_value::double as value, reason from quarantine`,
    ),
  ).toEqual([
    {
      line: 6,
      column_name: 'vacant_fte',
      value: -1,
      reason:
        'is below zero, which posts under recruitment cannot be: correct it, or say vacancy_method funded_less_in_post',
    },
  ]);
});

test('every nation has exactly one method', () => {
  const nations = referenceRows('vacancy_method').flatMap(({ nations = '' }) => nations.split(' '));
  expect(nations.sort()).toEqual(referenceCodes('nation').sort());
});
