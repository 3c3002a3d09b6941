import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createExtractTables } from '../extracts/tables.ts';
import { training } from '../extracts/training.ts';
import { workforce } from '../extracts/workforce.ts';
import { check, type CheckOptions, type CheckResult } from './check.ts';
import { checkAsJson, describeCheck, describeRefusal } from './describe.ts';
import { takeKept } from '../reading/cache.ts';
import { overlapRefusals } from '../reading/overlap.ts';
import { resentRefusals } from '../reading/resent.ts';
import { layouts as contract } from '../layouts/contract.ts';
import { rejectedByFile } from './quarantine.ts';
import { receive } from './receive.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
const names = workforce.columns.map(({ name }) => name);
let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await createExtractTables(connection);
});
beforeEach(async () => {
  await connection.run('delete from workforce');
  await connection.run('delete from quarantine');
});
afterAll(() => rmSync(folder, { recursive: true }));

type Cells = Record<string, string>;
const good = (i: number): Cells => ({
  period_end: '2026-03-31',
  person_id: `P${String(i).padStart(6, '0')}`,
  assignment_id: `P${String(i).padStart(6, '0')}-1`,
  organisation_code: ['RJ1', 'R0A', '7A1', 'S08000031'][i % 4]!,
  employer_code: i % 3 === 0 ? '' : 'RJ1',
  occupation_code: ['S9E', 'S5C', 'S9F'][i % 3]!,
  band: ['2', '3', '4', '8a'][i % 4]!,
  contracted_fte: ['1', '0.8', '0.53333', '0.60000'][i % 4]!,
  contracted_hours: i % 5 === 0 ? '' : '37.5',
  assignment_status: 'active',
  contract_type: 'permanent',
  organisation_start_date: '2019-02-28',
  stage: i % 2 === 0 ? 'support_worker' : '',
  apprentice: ['Y', 'N', ''][i % 3]!,
  sex: ['female', 'male', ''][i % 3]!,
  ethnic_group: 'A',
  age_band: '35_44',
  disability: '',
  sexual_orientation: '',
  religion: '',
});
const csv = (rows: Cells[], end = '\n') =>
  [names.join(','), ...rows.map((row) => names.map((name) => row[name]).join(','))].join(end) + end;
const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

async function load(path: string, options: CheckOptions = {}): Promise<CheckResult> {
  const { files, refusals } = await receive([path]);
  if (refusals[0]) throw refusals[0];
  return check(files[0]!, connection, options);
}
const all = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
const loadedRows = () => all('select * exclude (source_file) from workforce order by line');
const refusedRows = () =>
  all('select line, column_name, reason, masked_value from quarantine order by line, column_name, reason');

test('good rows arrive typed, with their file and line', async () => {
  const result = await load(file('good.csv', csv([good(0), good(1), good(2)])));
  expect(result).toMatchObject({ read: 3, loaded: 3, quarantined: 0, reader: 'plain', layout: 'contract' });
  const [row] = await all(
    'select period_end, contracted_fte, band, apprentice, employer_code, sex, source_file, line from workforce order by line limit 1',
  );
  expect(row).toEqual(['2026-03-31', '1.00000', '2', true, null, 'female', 1, '2']);
});

test('a bad value quarantines its row with line, column, reason and shape', async () => {
  const path = file(
    'bad.csv',
    csv([good(0), { ...good(1), band: 'eight' }, { ...good(2), contracted_fte: '1.5e0', period_end: '2026-03-30' }]),
  );
  const result = await load(path);
  expect(result).toMatchObject({ read: 3, loaded: 1, quarantined: 2 });
  expect(await refusedRows()).toEqual([
    ['3', 'band', 'is not in the code list', 'xxxxx'],
    ['4', 'contracted_fte', 'is not a number with at most 5 decimals', '9.9x9'],
    ['4', 'period_end', 'is not the last day of a month', '9999-99-99'],
  ]);
  const { reasons } = (await rejectedByFile(connection)).get(1)!;
  expect(describeCheck({ ...result, reasons }).join('\n')).toContain(
    '“band” is not in the code list: 1 row, first on line 3',
  );
  expect(checkAsJson({ ...result, reasons })).toMatchObject({ status: 'checked', read: 3, loaded: 1 });
});

describe('every value of these is refused in its column', () => {
  const wrong: Record<string, string[]> = {
    period_end: [
      '2026-3-31',
      '31/03/2026',
      '2026-02-29',
      '2026-03-30',
      '45292',
      '2026-03-31T00:00',
      ' 2026-03-31',
      '26-03-31',
      'infinity',
      '0999-12-31',
      '2026/03/31',
      '',
    ],
    contracted_fte: [
      '1e0',
      '0x1',
      'NaN',
      'inf',
      '-0.1',
      '2.1',
      '.5',
      '1.',
      '+1',
      '1.234567',
      '<1',
      '*',
      'c',
      '٣',
      '1 ',
      '99999999999',
      '',
    ],
    contracted_hours: ['-1', '100.1', '1_000', '37;5'],
    band: ['8', 'Band 2', '02', '2.0', '8A', 'two', ''],
    organisation_code: ['rj1', 'R', 'RJ 1', '=RJ1', '-', "R'1", ''],
    occupation_code: ['S9', '1E+05', 's9e', 'S9EE', ''],
    organisation_start_date: ['1900-02-29', '31/02/2020', '2020-00-10', '1899-12-31', '2101-01-01'],
    person_id: ['', 'a b', '=1+1', '@x', '-x', 'x'.repeat(65)],
  };
  for (const [column, values] of Object.entries(wrong)) {
    test(`${column}: ${values.length} values, by both readers`, async () => {
      const rows = values.map((value, i) => ({ ...good(i), [column]: value }));
      const path = file(`wrong-${column}.csv`, csv([...rows, good(999)]));
      for (const exact of [false, true]) {
        await connection.run('delete from workforce');
        await connection.run('delete from quarantine');
        const result = await load(path, { exact });
        const kept = (await all(`select ${column} from workforce where line <= ${values.length + 1}`)).flat();
        expect(kept, 'accepted').toEqual([]);
        expect(result.quarantined).toBe(values.length);
        expect(new Set((await all('select column_name from quarantine')).flat())).toEqual(new Set([column]));
      }
    });
  }
});

test('one unknown word of an optional characteristic keeps the person, is counted as not recorded, and is told with what was meant', async () => {
  const words: Record<string, string[]> = {
    apprentice: ['y', 'true', '1', 'Yes'],
    sex: ['F', 'Female', 'unknown'],
    age_band: ['43', '25-34', '35_45'],
    disability: ['Maybe'],
  };
  for (const [column, values] of Object.entries(words)) {
    const rows = Array.from({ length: 60 }, (_, i) => ({ ...good(i), [column]: values[i] ?? good(i)[column]! }));
    for (const exact of [false, true]) {
      await connection.run('delete from workforce');
      const result = await load(file('words.csv', csv(rows)), { exact });
      expect(result, column).toMatchObject({ loaded: 60, quarantined: 0 });
      expect(result.warnings.at(-1)).toContain(
        `“${column}” has words that are not in its list in ${values.length} row${values.length === 1 ? '' : 's'}, counted as not recorded: `,
      );
      for (const value of values) expect(result.warnings.at(-1)).toContain(`“${value}” 1`);
      expect((await all(`select ${column} from workforce where line <= ${values.length + 1}`)).flat()).toEqual(
        values.map(() => null),
      );
    }
  }
});

test('words that are a tenth of an organisation’s rows refuse the file: its coding is another', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    ...good(i),
    organisation_code: i < 20 ? 'RJ1' : 'RJ2',
    sex: i < 6 ? 'F' : 'female',
  }));
  await expect(load(file('coding.csv', csv(rows)))).rejects.toMatchObject({
    code: 'words',
    column: 'sex',
    line: 2,
    problem: '“sex” has words that are not in its list in 6 of the 20 rows of RJ1: “F” 6.',
  });
  // Names in a column of words are no words, and stay unseen.
  const names = rows.map((row, i) => ({ ...row, sex: i >= 20 && i < 36 ? `Name${i}` : 'female' }));
  const { warnings } = await load(file('names.csv', csv(names)));
  expect(warnings.join()).toContain('16 different ones, which may tell of people and are not shown');
  expect(warnings.join()).not.toContain('Name2');
});

test('the two readers agree on any file that both can read', async () => {
  const damage = fc.record({
    row: fc.nat(19),
    column: fc.constantFrom(...names),
    value: fc.oneof(
      fc.constantFrom(
        '',
        '0',
        '-1',
        '2.5',
        '1e3',
        'NaN',
        '2026-02-28',
        '2026-02-30',
        'Y',
        'X1',
        '8a',
        'female',
        '9'.repeat(20),
        "it's",
        '=1',
        ' 3',
        'unknown',
        '\\',
        '#',
        "';drop",
      ),
      fc.string({ unit: fc.constantFrom(..."abcXYZ019 .-_/:;#@!%&()*+<>=?[]^{|}~$\\'"), maxLength: 8 }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), async (damages, end) => {
      const rows = Array.from({ length: 20 }, (_, i) => good(i));
      for (const { row, column, value } of damages) rows[row]![column] = value;
      const path = file('agree.csv', csv(rows, end));
      const outcomes = [];
      for (const exact of [false, true]) {
        await connection.run('delete from workforce');
        await connection.run('delete from quarantine');
        const result = await load(path, { exact }).then(
          ({ reader, milliseconds: _, ...result }) => (expect(reader).toBe(exact ? 'exact' : 'plain'), result),
          (error: Error) => error.message,
        );
        outcomes.push({ result, loaded: await loadedRows(), refused: await refusedRows() });
      }
      expect(outcomes[0]).toEqual(outcomes[1]);
    }),
    {
      numRuns: 60,
      // Dates in a column of codes are seen twice, as values and as refused: told once, with lines in order.
      examples: [
        [
          [
            { row: 14, column: 'employer_code', value: '2026-02-28' },
            { row: 11, column: 'employer_code', value: '2026-02-27' },
          ],
          '\n',
        ],
      ],
    },
  );
});

test('lines keep their numbers in a file large enough to be split among threads', async () => {
  const rows = Array.from({ length: 250_000 }, (_, i) => (i % 50_000 === 7 ? { ...good(i), band: 'x' } : good(i)));
  const path = file('large.csv', csv(rows));
  const result = await load(path);
  expect(result).toMatchObject({ read: 250_000, quarantined: 5, reader: 'plain' });
  expect(
    await all(`select count(*) from workforce where person_id <> 'P' || lpad((line - 2)::varchar, 6, '0')`),
  ).toEqual([['0']]);
  expect((await all('select line from quarantine order by 1')).flat()).toEqual([
    '9',
    '50009',
    '100009',
    '150009',
    '200009',
  ]);
  rmSync(path);
});

test('a repeated natural key is quarantined and names the line it repeats', async () => {
  const result = await load(file('twice.csv', csv([good(0), good(1), { ...good(0), band: '3' }])));
  expect(result).toMatchObject({ read: 3, loaded: 2, quarantined: 1 });
  expect(await refusedRows()).toEqual([
    ['4', 'assignment_id', 'repeats the period_end, person_id, assignment_id of line 2', null],
  ]);
});

test('compressed and Parquet files give the same rows as plain ones', async () => {
  const text = csv([good(0), good(1), { ...good(2), band: 'x' }]);
  await load(file('same.csv', text));
  const expected = [await loadedRows(), await refusedRows()];
  const parquet = join(folder, 'same.parquet');
  await connection.run(
    `copy (from read_csv('${join(folder, 'same.csv')}', all_varchar = true)) to '${parquet}' (format parquet)`,
  );
  for (const path of [file('same.csv.gz', gzipSync(text)), parquet]) {
    await connection.run('delete from workforce');
    await connection.run('delete from quarantine');
    await load(path);
    // Parquet has no header line: its first row is 1.
    const before = path === parquet ? 1 : 0;
    await connection.run(`update workforce set line = line + ${before}`);
    await connection.run(`update quarantine set line = line + ${before}`);
    expect([await loadedRows(), await refusedRows()]).toEqual(expected);
  }
});

test('kept rows are loaded again without reading the file, in a folder only its owner can open', async () => {
  const cacheDir = join(folder, 'kept');
  const path = file('keep.csv', csv([good(0), { ...good(1), band: 'x' }]));
  await load(path);
  const expected = [await loadedRows(), await refusedRows()];
  await connection.run('delete from workforce');
  await connection.run('delete from quarantine');
  const [first, second] = [await load(path, { cacheDir }), await load(path, { cacheDir })];
  expect([first.reader, second.reader]).toEqual(['plain', 'kept']);
  expect(second).toMatchObject({ read: 2, loaded: 1, quarantined: 1 });
  const { files } = await receive([path]);
  await takeKept(connection, cacheDir, files, 'workforce', 'quarantine');
  expect([await loadedRows(), await refusedRows()]).toEqual(expected);
  expect(statSync(cacheDir).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(cacheDir)) expect(statSync(join(cacheDir, name)).mode & 0o077).toBe(0);
});

describe('direct identifiers', () => {
  const cases: [string, string, string][] = [
    ['NHS number', 'person_id', '9434765919'],
    ['NHS number', 'occupation_code', '943 476 5919'],
    ['National Insurance number', 'assignment_id', 'AB123456C'],
    ['National Insurance number', 'band', 'AB 12 34 56 C'],
    ['e-mail address', 'person_id', 'a.b@nhs.net'],
    ['telephone number', 'contracted_hours', '07700 900123'],
    ['date of birth', 'age_band', '17/05/1984'],
    ['date of birth', 'person_id', '1984-05-17'],
    ['HCPC number', 'assignment_id', 'PH123456'],
  ];
  for (const [kind, column, value] of cases) {
    test(`one ${kind} in ${column} refuses the file and loads nothing`, async () => {
      const rows = Array.from({ length: 40 }, (_, i) => good(i));
      rows[17]![column] = value;
      for (const exact of [false, true]) {
        const error = await load(file('identified.csv', csv(rows)), { exact }).then(
          () => null,
          (error: Error) => error,
        );
        expect(error).toMatchObject({ code: 'identifiers', line: 19, column });
        expect(error!.message).toContain(kind);
        expect(error!.message).not.toContain(value);
      }
      expect(await loadedRows()).toEqual([]);
      expect(await refusedRows()).toEqual([]);
    });
  }

  test('a column of them announced in the header refuses the file before it is read', async () => {
    const text = csv([good(0)])
      .replace('\n', ',date_of_birth\n')
      .replace(/\n$/, ',1984-05-17\n');
    const { refusals } = await receive([file('dob.csv', text)]);
    expect(refusals[0]).toMatchObject({ code: 'identifiers', column: 'date_of_birth' });
    expect(describeRefusal(refusals[0]!).join(' ')).not.toContain('1984');
  });
});

describe('receiving', () => {
  test('a folder is read by name; files that are no extracts by their ending are left alone, twins taken once', async () => {
    const inbox = join(folder, 'inbox');
    mkdirSync(inbox);
    writeFileSync(join(inbox, 'b.csv'), csv([good(0)]));
    writeFileSync(
      join(inbox, 'a.csv'),
      'leaving_date,person_id,organisation_code,leaving_reason,destination\n2025-10-31,P1,RJ1,retirement_age,unknown\n',
    );
    writeFileSync(join(inbox, 'c.csv'), csv([good(0)]));
    writeFileSync(join(inbox, 'truth.json'), '{}');
    const { files, refusals, notes } = await receive([inbox]);
    expect(refusals).toEqual([]);
    expect(files.map(({ number, name, extract }) => [number, name, extract])).toEqual([
      [1, 'a.csv', 'retention'],
      [2, 'b.csv', 'workforce'],
    ]);
    expect(notes).toEqual(['c.csv is the same file as b.csv; it is taken once.']);
  });

  test('an unknown file is refused with the nearest layout, what is missing and what was found', async () => {
    const { refusals } = await receive([file('strange.csv', csv([good(0)]).replace('band', 'bnad'))]);
    expect(refusals[0]!.message).toContain('“band” is missing (nearest in the file: “bnad”)');
    const { refusals: other } = await receive([file('other.csv', 'colour,size\nred,1\n')]);
    expect(other[0]).toMatchObject({ code: 'unknown_layout', problem: 'No layout knows any column of this header.' });
    // A supplier's own names for most columns do not make staff a list of successions, which misses fewer.
    const own = 'Person ID,Assignment ID,AfC Band,Trust,Month,Job,Hours pw,How,Paid,M or F,Heritage,How old,Able\n';
    const { refusals: staff } = await receive([file('staff.csv', `${own}P1,A1,3,a,b,c,d,e,f,g,h,i,j\n`)]);
    expect(staff[0]!.problem).toContain('workforce extract, layout “');
  });

  test('a file that separates its columns otherwise is refused by a strict layout as that, and read by one that says so or is a supplier’s', async () => {
    for (const [delimiter, name] of [
      [';', 'semicolons'],
      ['\t', 'tabs'],
      ['|', 'vertical bars'],
    ] as const) {
      const path = file('separated.csv', csv([good(0)]).replaceAll(',', delimiter));
      const { refusals } = await receive([path], { layouts: contract });
      expect(refusals[0]).toMatchObject({
        problem: `The columns are separated by ${name}; workforce extract, layout “contract” has commas.`,
        line: 1,
      });
      const { files } = await receive([path], { layouts: contract.map((layout) => ({ ...layout, delimiter })) });
      expect(await check(files[0]!, connection)).toMatchObject({ read: 1, loaded: 1 });
      expect((await load(path)).warnings[0]).toBe(`The columns are separated by ${name}.`);
    }
  });

  test('spaces around values that make a layout refuse them are told', async () => {
    const { warnings } = await load(file('padded.csv', csv([good(0)]).replaceAll(',', ', ')));
    expect(warnings[0]).toBe('Spaces stand around values, and layout “contract” takes them as part of the value.');
    expect((await load(file('tight.csv', csv([good(1)])))).warnings).toEqual([]);
  });

  test('a file in another encoding is refused as that, with the first line that shows it, and not for its header', async () => {
    const text = csv([good(0), { ...good(1), assignment_id: 'é' }]);
    for (const [name, bytes, line] of [
      ['latin-1', Buffer.from(text, 'latin1'), 3],
      ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), undefined],
      ['UTF-16, the other way round', Buffer.from(text, 'utf16le').swap16(), undefined],
    ] as const) {
      const { refusals } = await receive([file('encoded.csv', bytes)], { layouts: contract });
      expect(refusals, name).toMatchObject([{ code: 'encoding', line }]);
      expect(refusals[0]!.remedy, name).toContain('CSV UTF-8');
    }
  });

  test('bytes that do not match the .sha256 beside them are refused', async () => {
    const path = file('sum.csv', csv([good(0)]));
    writeFileSync(`${path}.sha256`, `${'0'.repeat(64)}  sum.csv\n`);
    expect((await receive([path])).refusals[0]).toMatchObject({ code: 'checksum' });
  });

  test('a file that changes between receiving and checking is refused', async () => {
    const path = file('moving.csv', csv([good(0)]));
    const { files } = await receive([path]);
    writeFileSync(path, csv([good(0), good(1)]));
    await expect(check(files[0]!, connection)).rejects.toMatchObject({ code: 'changed' });
    expect(await loadedRows()).toEqual([]);
  });

  test('a name that means several files to the database is read as the one it is', async () => {
    writeFileSync(join(folder, 'glob1.csv'), csv([good(5)]));
    const result = await load(file('glob[1].csv', csv([good(0), good(1)])));
    expect(result).toMatchObject({ loaded: 2, reader: 'exact' });
  });
});

test('supplier words become contract codes', async () => {
  const header =
    'Tm End Date,Person Pseudonym,Assignment Pseudonym,Ocs Code,Occupation Code,Grade,Contracted Wte,Status,Asg Type Of Contract,Gender,Ethnic Origin,Age Band,Disabled,Breed';
  const path = file(
    'esr.csv',
    `${header}\n31-MAR-2026,P1,A1,RJ1,S9E,Band 3,0.8,Active Assignment,Fixed Term Temp,F,A,35 to 44,Not Declared,Nonmed\n`,
  );
  const result = await load(path);
  expect(result).toMatchObject({ layout: 'esr-warehouse', loaded: 1 });
  expect(
    await all('select period_end, band, assignment_status, contract_type, sex, age_band, disability from workforce'),
  ).toEqual([['2026-03-31', '3', 'active', 'fixed_term', 'female', '35_44', null]]);
});

test('a month end later than next month, or before there were bands, is quarantined', async () => {
  const end = (monthsAhead: number) => {
    const now = new Date();
    return new Date(Date.UTC(now.getFullYear(), now.getMonth() + monthsAhead + 1, 0)).toISOString().slice(0, 10);
  };
  const months = ['2004-11-30', '2004-12-31', end(0), end(1), end(2), '2062-03-31'];
  const result = await load(file('months.csv', csv(months.map((period_end, i) => ({ ...good(i), period_end })))));
  expect(result).toMatchObject({ loaded: 3, quarantined: 3 });
  expect(await refusedRows()).toEqual([
    ['2', 'period_end', 'is before December 2004, when Agenda for Change began', '9999-99-99'],
    ['6', 'period_end', 'is later than next month', '9999-99-99'],
    ['7', 'period_end', 'is later than next month', '9999-99-99'],
  ]);
});

describe('rows that come in two files', () => {
  const both = async (a: string, b: string) => {
    const { files } = await receive([a, b]);
    for (const one of files) await check(one, connection);
    for (const refusal of await overlapRefusals(connection, workforce, files)) throw refusal;
  };

  test('the same person, month and assignment in two files are refused, naming both', async () => {
    const first = file('one.csv', csv([good(0), good(1)]));
    const second = file('two.csv', csv([good(1), good(2)]));
    await expect(both(first, second)).rejects.toThrow(
      'two.csv: 1 row has the same period_end, person_id, assignment_id as rows of one.csv (first: its line 3).',
    );
  });

  test('files that were sent again are told pair by pair, each with its own count', async () => {
    const month = (from: number, count: number, end: string) =>
      csv(Array.from({ length: count }, (_, i) => ({ ...good(from + i), period_end: end })));
    const texts = [month(0, 3, '2026-03-31'), month(0, 5, '2026-02-28')];
    const { files } = await receive(
      [...texts, ...texts.map((text) => text.replaceAll('\n', '\r\n'))].map((text, i) => file(`sent-${i}.csv`, text)),
    );
    for (const one of files) await check(one, connection);
    const told = (await overlapRefusals(connection, workforce, files)).map(({ message }) => message);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/^sent-2.csv: 3 rows have .* as rows of sent-0.csv/);
    expect(told[1]).toMatch(/^sent-3.csv: 5 rows have .* as rows of sent-1.csv/);
  });

  const people = Array.from({ length: 20 }, (_, i): Cells => ({ ...good(i), contracted_fte: `0.${10 + i}` }));
  const resent = people.map((row) => ({
    ...row,
    person_id: `Q${row.person_id}`,
    assignment_id: `Q${row.assignment_id}`,
  }));
  const twice = async (second: Cells[]) => {
    const { files } = await receive([file('one.csv', csv(people)), file('two.csv', csv(second))]);
    for (const one of files) await check(one, connection);
    for (const refusal of await resentRefusals(connection, files)) throw refusal;
  };

  test('the same people under other pseudonyms are refused, also where a few were corrected', async () => {
    const corrected = [...resent.slice(0, 17), ...resent.slice(17).map((row) => ({ ...row, band: '9' }))];
    await expect(twice(corrected)).rejects.toThrow('two.csv: 17 rows are those of one.csv in all but the pseudonyms');
  });

  test('another part of an organisation is not, nor are those of another organisation or month', async () => {
    await twice(resent.map((row) => ({ ...row, occupation_code: 'S9C' })));
    await connection.run('delete from workforce');
    await twice(resent.map((row) => ({ ...row, organisation_code: 'RXY' })));
    await connection.run('delete from workforce');
    await twice(resent.map((row) => ({ ...row, period_end: '2026-04-30' })));
  });

  test('events of learning that were pasted twice are told and counted once', async () => {
    const event = '2025-09-15,P1,RJ1,cpd,completed,2\n';
    const header = 'event_date,person_id,organisation_code,activity,outcome,hours\n';
    const noted = await load(file('repeats.csv', header + event.repeat(3) + event.replace('P1', 'P2')));
    expect(noted).toMatchObject({ read: 4, loaded: 2, quarantined: 2 });
    expect(await refusedRows()).toEqual(
      ['3', '4'].map((line) => [line, 'event_date', 'repeats every column of line 2', null]),
    );
    const single = await load(file('single.csv', header + event));
    expect(single).toMatchObject({ loaded: 1 });
  });

  test('one event of learning in two files is refused, and what only looks like it is not', async () => {
    const header = 'event_date,person_id,organisation_code,activity,outcome,hours\n';
    const learned = ['2025-09-15,P1,RJ1,cpd,completed,2\n', '2025-09-15,P1,RJ1,cpd,completed,3\n'];
    const load = async (second: string) => {
      await connection.run('delete from training');
      const { files } = await receive([file('t1.csv', header + learned.join('')), file('t2.csv', header + second)]);
      for (const one of files) await check(one, connection);
      for (const refusal of await overlapRefusals(connection, training, files)) throw refusal;
    };
    await load('2025-09-15,P1,RJ1,cpd,completed,4\n2025-09-15,P2,RJ1,cpd,completed,2\n');
    await expect(load(learned[1]! + '2025-09-16,P1,RJ1,cpd,completed,2\n')).rejects.toThrow(
      't2.csv: 1 row has the same values in every column as rows of t1.csv (first: its line 3).',
    );
  });

  test('one month of two employers, and two months of one, are not', async () => {
    await both(
      file('one.csv', csv([good(0)])),
      file('two.csv', csv([good(1), { ...good(0), period_end: '2026-04-30' }])),
    );
  });
});

test('a file name can hold quotes and statements without harm, and is printed on one line', async () => {
  const name = `it's'); drop table workforce; --\u202e\n.csv`;
  const result = await load(file(name, csv([good(0), { ...good(1), band: 'x' }])));
  expect(result).toMatchObject({ loaded: 1, quarantined: 1 });
  expect(result.file).not.toMatch(/[\n\u202e]/);
  expect(await all('select distinct file from quarantine')).toEqual([[result.file]]);
});

test('a date is accepted exactly when it is a day of the calendar written as ISO 8601', async () => {
  const part = (most: number, width: number) =>
    fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(width, '0'));
  const dateLike = fc.oneof(
    fc.tuple(fc.constantFrom('2019', '2020', '1900', '2000'), part(13, 2), part(32, 2)).map((parts) => parts.join('-')),
    fc.tuple(part(32, 2), part(13, 2), fc.constantFrom('2019', '20')).map((parts) => parts.join('/')),
    fc.constantFrom(
      '20200101',
      '2020-1-1',
      '43831',
      '2020-01-01 ',
      '2020-01-01Z',
      '1 Jan 2020',
      'Jan-20',
      'today',
      '2020-W01-1',
      '-2020-01-01',
      '2020-01-01 00:00:00',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(dateLike, { minLength: 200, maxLength: 200 }), async (dates) => {
      await connection.run('delete from workforce');
      await load(file('dates.csv', csv(dates.map((date, i) => ({ ...good(i), organisation_start_date: date })))));
      const accepted = (await all('select line, organisation_start_date from workforce order by line')) as [
        string,
        string,
      ][];
      const real = dates.flatMap((date, i) => {
        const parsed = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : new Date(Number.NaN);
        return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? [[String(i + 2), date]] : [];
      });
      expect(accepted).toEqual(real);
    }),
    { numRuns: 8 },
  );
});
