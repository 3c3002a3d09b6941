import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@ahp/sql/shared-data';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checking, csvOf, ordinary } from '../../test/checking.ts';
import { collectPublished } from '../extracts/published/collect.ts';
import { check } from '../steps/check.ts';
import { receive } from '../steps/receive.ts';
import { loadReference } from '../steps/reference.ts';
import { layouts } from './index.ts';
import type { Layout } from './layout.ts';

let at: Awaited<ReturnType<typeof checking>>;
beforeAll(async () => {
  at = await checking();
  mkdirSync(join(at.folder, 'layouts'));
});
afterAll(() => at.close());
beforeEach(() => at.write('layouts/own.json', '[]'));

/** Rows of a hand-made file: our columns under names that the generic layout knows. */
const generic = (rows: Record<string, string>[]) =>
  csvOf(rows.map((row, i) => ({ ...ordinary, person_id: `P${i}`, ...row }))).replace('contracted_fte', 'WTE');

describe('dates as suppliers write them', () => {
  test('each of the usual forms of a day is that day, and a database’s midnight too', async () => {
    const written = [
      '2021-09-06',
      '06/09/2021',
      '06-SEP-2021',
      '06-Sep-2021',
      '2021-09-06 00:00:00',
      '2021-09-06T00:00:00.000',
    ];
    await at.load(
      at.write('days.csv', generic(written.map((organisation_start_date) => ({ organisation_start_date })))),
    );
    expect(await at.all('select distinct organisation_start_date from workforce')).toEqual([['2021-09-06']]);
    expect(await at.all('select count(*)::integer from workforce')).toEqual([[6]]);
  });

  test('a year of two digits, another time of day, a day number and a day that never was are refused', async () => {
    const written = ['06/09/21', '06-SEP-21', '2021-09-06 07:30:00', '44445', '31/02/2021', '6/9/2021', '2021-9-6'];
    const { quarantined, reasons } = await at.load(
      at.write('wrong.csv', generic(written.map((organisation_start_date) => ({ organisation_start_date })))),
    );
    expect(quarantined).toBe(written.length);
    expect(reasons[0]!.reason).toBe(
      'is not a date as YYYY-MM-DD, YYYY-MM-DD 00:00:00, DD/MM/YYYY, DD-MON-YYYY or YYYYMMDD',
    );
  });

  test('a file with the month first is refused before an ambiguous day is misread', async () => {
    const rows = ['03/04/2021', '03/31/2021', '01/02/2020'].map((organisation_start_date) => ({
      organisation_start_date,
    }));
    await expect(at.load(at.write('american.csv', generic(rows)))).rejects.toMatchObject({
      code: 'structure',
      line: 3,
      column: 'organisation_start_date',
    });
    expect(await at.all('select count(*)::integer from workforce')).toEqual([[0]]);
  });

  test('one slip among days that are clearly day first costs its own row alone', async () => {
    const rows = ['03/04/2021', '03/31/2021', '21/02/2020'].map((organisation_start_date) => ({
      organisation_start_date,
    }));
    expect(await at.load(at.write('slip.csv', generic(rows)))).toMatchObject({ loaded: 2, quarantined: 1 });
  });

  test('Excel day numbers are days where a layout says so, from the first that spreadsheets count right', async () => {
    at.write(
      'layouts/own.json',
      JSON.stringify({
        id: 'trust',
        title: 'A trust',
        extract: 'workforce',
        headers: { contracted_fte: ['WTE worked'] },
        dates: { organisation_start_date: 'Excel' },
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 50, maxLength: 50 }),
        async (serials) => {
          const path = at.write(
            'serials.csv',
            csvOf(
              serials.map((serial, i) => ({
                ...ordinary,
                person_id: `P${i}`,
                organisation_start_date: String(serial),
              })),
            ).replace('contracted_fte', 'WTE worked'),
          );
          expect((await at.load(path)).layout).toBe('trust');
          const read = await at.all('select person_id, organisation_start_date from workforce order by line');
          const expected = serials.flatMap((serial, i) =>
            serial > 60 ? [[`P${i}`, new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10)]] : [],
          );
          expect(read).toEqual(expected);
        },
      ),
      { numRuns: 10, seed: 4 },
    );
  });
});

describe('a supplier’s own layout, added as one file beside the extracts', () => {
  const layout = {
    id: 'trust',
    title: 'A trust',
    extract: 'retention',
    delimiter: ';',
    headers: {
      leaving_date: ['Left on'],
      person_id: ['Key'],
      organisation_code: ['Site'],
      leaving_reason: ['Why'],
      destination: ['Whither'],
    },
    codes: { leaving_reason: { pensioned: 'retirement_age' } },
    missing: ['?'],
    dates: { leaving_date: ['DD-MM-YYYY'] },
    ignored: ['Remark'],
  };

  test('maps headers, codes, dates, missing values and delimiter', async () => {
    at.write('layouts/own.json', JSON.stringify(layout));
    const path = at.write('left.csv', 'Key;Left on;Remark;Site;Whither;Why\nP1;31-10-2025;x;RJ1;?;Pensioned\n');
    expect(await at.load(path)).toMatchObject({ layout: 'trust', extract: 'retention', loaded: 1 });
    expect(await at.all('select leaving_date, leaving_reason, destination from retention')).toEqual([
      ['2025-10-31', 'retirement_age', null],
    ]);
  });

  test('gives every row what the file leaves out because it is the same for all', async () => {
    const { Site: _, ...headers } = { Site: 0, ...layout.headers };
    at.write('layouts/own.json', JSON.stringify({ ...layout, headers, constants: { organisation_code: 'RJ1' } }));
    const path = at.write('left.csv', 'Key;Left on;Remark;Whither;Why\nP1;31-10-2025;x;?;Pensioned\n');
    expect(await at.load(path)).toMatchObject({ loaded: 1, absent: [] });
    expect(await at.all('select organisation_code from retention')).toEqual([['RJ1']]);
  });

  const wrong: [string, unknown, string][] = [
    ['a key that no layout has', { ...layout, header: {} }, 'there is no key "header" (is it “headers”?)'],
    [
      'an extract that does not exist',
      { ...layout, extract: 'retentions' },
      'there is no extract "retentions" (is it “retention”?)',
    ],
    ['a column of another extract', { ...layout, headers: { left: [] } }, 'there is no column of headers "left"'],
    [
      'a code of no list',
      { ...layout, codes: { leaving_reason: { x: 'retirement' } } },
      'there is no code of leaving_reason "retirement"',
    ],
    [
      'a form of dates that is not known',
      { ...layout, dates: { leaving_date: 'DD.MM.YYYY' } },
      'there is no form of dates.leaving_date',
    ],
    [
      'values in capitals, which would never match',
      { ...layout, codes: { leaving_reason: { Pensioned: 'retirement_age' } } },
      'codes.leaving_reason: write “Pensioned” in lower case',
    ],
    ['no title', { ...layout, title: undefined }, '“title” is missing'],
  ];
  test.each(wrong)('is refused with %s', async (_, value, words) => {
    at.write('layouts/own.json', JSON.stringify(value));
    await expect(at.load(at.write('left.csv', 'a\n1\n'))).rejects.toThrow(`layouts/own.json: ${words}`);
  });

  test('is refused when it is not JSON', async () => {
    at.write('layouts/own.json', '{');
    await expect(at.load(at.write('left.csv', 'a\n1\n'))).rejects.toThrow('layouts/own.json: this is not JSON');
  });
});

test('pseudonyms shaped like staff numbers are taken where the layout says that they are pseudonyms; others are not', async () => {
  const row = (id: string) =>
    `leaving_date,Key,organisation_code,leaving_reason,destination\n2025-10-31,${id},RJ1,retirement_age,\n`;
  const layout = (pseudonyms: string[]): Layout[] => [
    { id: 'own', title: 'Own', extract: 'retention', headers: { person_id: ['Key'] }, pseudonyms },
  ];
  const outcome = async (id: string, pseudonyms: string[]) => {
    const { files } = await receive([at.write('own.csv', row(id))], { layouts: layout(pseudonyms) });
    return check(files[0]!, at.connection).catch((error: unknown) => error);
  };
  expect(await outcome('12345678-2', [])).toMatchObject({ code: 'identifiers' });
  expect(await outcome('12345678-2', ['person_id'])).toMatchObject({ loaded: 1 });
  expect(await outcome('9434765919', ['person_id'])).toMatchObject({ code: 'identifiers' });
});

describe('words of the Electronic Staff Record', () => {
  test('leaving reasons and destinations are understood with colon, dash and ampersand', async () => {
    const path = at.write(
      'leavers.csv',
      `Termination Date,Person Pseudonym,Ocs Code,Leaving Reason,Destination On Leaving
31-OCT-2025,P1,RJ1,Voluntary Resignation - Promotion,NHS Organisation
31-OCT-2025,P2,RJ1,Voluntary resignation: work life balance,Abroad - EU Country
31-OCT-2025,P3,RJ1,Flexi Retirement,Unknown
31-OCT-2025,P4,RJ1,Gone fishing,NHS organisation
`,
    );
    expect(await at.load(path)).toMatchObject({ layout: 'esr-warehouse', loaded: 4, quarantined: 0 });
    expect(await at.all('select leaving_reason, destination from retention order by line')).toEqual([
      ['voluntary_resignation_promotion', 'nhs_organisation'],
      ['voluntary_resignation_work_life_balance', 'abroad_eu'],
      ['flexible_retirement', null],
      [null, 'nhs_organisation'],
    ]);
  });

  test('an ethnic category is known by its letter, its label or both', async () => {
    const written = ['A', 'a', 'A White - British', 'White: British', 'H Asian - Indian', 'Chinese', 'Not stated'];
    await at.load(at.write('ethnic.csv', generic(written.map((ethnic_group) => ({ ethnic_group })))));
    expect((await at.all('select ethnic_group from workforce order by line')).flat()).toEqual([
      'A',
      'A',
      'A',
      'A',
      'H',
      'R',
      null,
    ]);
  });
});

test('a full minimum data set is read past what is not used, and refused for who people are', async () => {
  const rows = csvOf([
    {
      CENSUS_DATE: '31/03/2026',
      PERSON_PSEUDONYM: 'P1',
      ASSIGNMENT_PSEUDONYM: 'A1',
      WORKPLACE_ORG_CODE: 'RJ1',
      OCCUPATION_CODE: 'S9E',
      GRADE: 'Band 3',
      CONTRACTED_FTE: '1',
      STATUS: 'active',
      TYPE_OF_CONTRACT: 'permanent',
      GENDER: 'F',
      ETHNIC_ORIGIN: 'A',
      AGE_BAND: '35-44',
      DISABILITY: 'N',
      APPRAISAL_DATE: '2025-05-01',
      END_DATE_CONTRACT: '',
      ABSENCE_REASON: '',
    },
  ]);
  expect(await at.load(at.write('wmds.csv', rows))).toMatchObject({ layout: 'wmds', loaded: 1, quarantined: 0 });
  const identified = rows.replace('ABSENCE_REASON', 'DATE_OF_BIRTH');
  await expect(at.load(at.write('wmds.csv', identified))).rejects.toMatchObject({
    code: 'identifiers',
    column: 'DATE_OF_BIRTH',
  });
});

const lookups = sharedData('published/reference');
test.skipIf(lookups === null)(
  'official lists of boards, trusts and successions load as organisations and successions',
  async () => {
    expect(await at.load(`${lookups}/names_codes_hb19.csv`)).toMatchObject({
      layout: 'health-boards',
      loaded: 18,
      quarantined: 0,
    });
    expect(await at.load(`${lookups}/lookup_nhs_trusts22_nhs_region21.csv`)).toMatchObject({
      layout: 'nhs-trusts',
      read: 214,
      quarantined: 0,
    });
    const successions = await at.load(`${lookups}/lookup_trust_trust.csv`);
    expect(successions).toMatchObject({ extract: 'successions', read: 25_480 });
    expect(successions.reasons.length).toBeLessThanOrEqual(1);
    await collectPublished(at.connection);
    await loadReference(at.connection);
    // Boards keep the system that the shipped list knows, and end when they were archived.
    expect(
      await at.all(
        `select code, system, valid_to from organisation where code in ('S08000015', 'S08000018') order by code`,
      ),
    ).toEqual([
      ['S08000015', 'S08000015', null],
      ['S08000018', 'S08000018', '2018-02-01'],
    ]);
    // The list of English trusts has three Welsh ones, under a region that is none.
    expect(
      await at.all(`select masked_value, count(*)::integer from quarantine where column_name = 'region' group by 1`),
    ).toEqual([['W00', 3]]);
    expect(await at.all(`select code from organisation where code in ('RQF', 'RT4', 'RYT')`)).toEqual([]);
  },
);

test('an organisation lies in a region and a system that a list knows, of its own nation', async () => {
  const header = 'code,label,nation,region,system,kind,valid_from,valid_to';
  const lines = [
    'ZZ1,Right,england,Y56,QKK,acute,,',
    'ZZ2,No region,scotland,,,board,,',
    'ZZ3,Unknown region,england,Y99,QKK,acute,,',
    'ZZ4,Unknown system,england,Y56,QQQ,acute,,',
    'ZZ5,Of another nation,scotland,Y56,,board,,',
  ];
  await at.connection.run('delete from quarantine');
  await at.load(at.write('organisations.csv', `${[header, ...lines].join('\n')}\n`));
  await collectPublished(at.connection);
  await loadReference(at.connection);
  expect(await at.all(`select code from organisation where code like 'ZZ%' order by code`)).toEqual([['ZZ1'], ['ZZ2']]);
  expect(await at.all(`select line, column_name, reason, masked_value from quarantine order by line`)).toEqual([
    ['4', 'region', expect.stringContaining('is in no list of regions'), 'Y99'],
    ['5', 'system', expect.stringContaining('is in no list of systems'), 'QQQ'],
    ['6', 'region', expect.stringContaining('lies in another nation'), 'Y56'],
  ]);
});

test('every shipped layout maps columns, codes and dates that its extract has', async () => {
  const { layoutsBeside } = await import('./read.ts');
  for (const layout of layouts.filter(({ id }) => id !== 'contract')) {
    at.write('layouts/own.json', JSON.stringify(layout));
    expect(() => layoutsBeside([at.folder]), `${layout.id} ${layout.extract}`).not.toThrow();
  }
});
