import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { checking } from '../../test/checking.ts';

const { write, load, all, close } = await checking();
afterAll(close);

const header =
  'Tm End Date,Person Pseudonym,Assignment Pseudonym,Ocs Code,Occupation Code,AfC Band,Contracted Wte,Status,Asg Type Of Contract,Start Date In Organisation,Gender,Ethnic Origin,Age Band,Disabled';
const values = ['31/10/2025', 'K01', 'A01', 'RJ1', 'S9E', '4', '0.5', 'Active Assignment', 'Permanent', '06/04/2012', 'Female', 'A', '25-34', 'Yes']; // prettier-ignore
const names = header.split(',');
const at = (name: string) => names.indexOf(name);
const quoted = (value: string) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
/** Six rows of a supplier’s file with one column written in another way. */
const rows = (column = '', written = '') =>
  Array.from({ length: 6 }, (_, n) =>
    values
      .with(at('Person Pseudonym'), `K0${n}`)
      .with(at('Assignment Pseudonym'), `A0${n}`)
      .map((value, i) => (i === at(column) ? written.replace('N', String(n)) : value)),
  );
const csv = (lines: readonly (readonly string[])[], separator = ',', end = '\n') =>
  [header.replaceAll(',', separator), ...lines.map((line) => line.map(quoted).join(separator))].join(end) + end;
const text = csv(rows());
const typed =
  'period_end::varchar, person_id, organisation_code, occupation_code, band, contracted_fte::double, sex, ethnic_group, age_band, disability';
const read = async () => await all(`select ${typed} from workforce order by person_id`);

await load(write('ordinary.csv', text));
const ordinary = await read();

describe('a file is read as it means, however it is written', () => {
  test.each([
    ['semicolons', csv(rows(), ';')],
    ['semicolons and decimal commas', csv(rows(), ';').replaceAll(';0.5;', ';0,5;')],
    ['tabs', csv(rows(), '\t')],
    ['vertical bars', csv(rows(), '|')],
    ['a title above semicolons', `Staff in post\n\n${csv(rows(), ';')}`],
    ['lines that end in CR alone', csv(rows(), ',', '\r')],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(text, 'utf16le').swap16()],
    ['UTF-16 with a mark and commas', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('%s', async (_, body) => {
    expect(await load(write('file.csv', body))).toMatchObject({ read: 6, loaded: 6 });
    expect(await read()).toEqual(ordinary);
  });
});

describe('a value is read as it means, however it is written', () => {
  const ways: [column: string, written: string][] = [
    ['Tm End Date', '31.10.2025'],
    ['Tm End Date', '31/10/2025 00:00'],
    ['Tm End Date', '31/10/2025 00:00:00'],
    ['Tm End Date', '31 October 2025'],
    ['Tm End Date', '31-OCT-2025'],
    ['Tm End Date', '2025-10'],
    ['Tm End Date', '202510'],
    ['Tm End Date', 'Oct-25'],
    ['Person Pseudonym', "'K0N"],
    ['Person Pseudonym', '="K0N"'],
    ['Ocs Code', 'rj1'],
    ['Occupation Code', 's9e'],
    ['AfC Band', 'Agenda for Change - Band 4'],
    ['Gender', '2'],
    ['Gender', 'Female\u200b'],
    ['Gender', '\u201cFemale\u201d'],
    ['Age Band', '25\u201334'],
    ['Contracted Wte', '0.50'],
    ['Contracted Wte', '+0.5'],
    ['Contracted Wte', '.5'],
    ['Contracted Wte', '5.00E-01'],
    ['Contracted Wte', '0.49999999999999994'],
    ['Tm End Date', '20251031'],
    ['Tm End Date', 'October 2025'],
    ['Tm End Date', '31st October 2025'],
    ['Age Band', '25-29'],
    ['Ethnic Origin', 'A White British'],
    ['Ethnic Origin', 'White - British'],
  ];

  test(`${ways.length} ways`, async () => {
    const lines = ways.map(([column, written], n) => {
      const row = values.with(at('Person Pseudonym'), `K${n}`).with(at('Assignment Pseudonym'), `A${n}`);
      return row.with(at(column), written.replace('N', String(n)));
    });
    const { quarantined, reasons } = await load(write('file.csv', csv(lines)));
    expect({ quarantined, reasons }).toEqual({ quarantined: 0, reasons: [] });
    const sent = await all(`select ${typed} from workforce order by line`);
    expect(sent.length).toBe(ways.length);
    for (const [n, row] of sent.entries()) expect(row.with(1, 'K00'), ways[n]!.join(': ')).toEqual(ordinary[0]);
  });

  test('characteristics in other words', async () => {
    const [groups, ages] = [
      ['Asian or Asian British - Indian', 'Mixed - White & Asian', 'n/k', '*'],
      ['55 - 59', '<20', '70+', '.'],
    ];
    const lines = groups.map((group, n) => rows()[n]!.with(at('Ethnic Origin'), group).with(at('Age Band'), ages[n]!));
    expect(await load(write('file.csv', csv(lines)))).toMatchObject({ loaded: 4, warnings: [] });
    expect(await all('select ethnic_group, age_band from workforce order by line')).toEqual([
      ['H', '55_64'],
      ['F', 'under_25'],
      [null, '65_over'],
      [null, null],
    ]);
  });

  test('text formulas that stand unquoted', async () => {
    const body = text.replace(/K0\d/g, (pseudonym) => `="${pseudonym}"`);
    expect(await load(write('file.csv', body))).toMatchObject({ loaded: 6, quarantined: 0 });
    expect(await read()).toEqual(ordinary);
  });
});

describe('a total, a footer and a line of dashes are no rows: they are passed over, and their lines told', () => {
  const blank = ','.repeat(names.length - 1);
  test.each([
    ['a total with sums', `Total${','.repeat(at('Contracted Wte'))}3.0,,,,,,,\n`, 'Line 8 is a total'],
    ['a total of another kind below a blank line', `${blank}\nGrand Total,6${blank.slice(1)}\n`, 'Line 9 is a total'],
    ['a footer as wide as the table', `"Source: ESR, run on 01/11/2025"${blank}\n`, 'Line 8 is a total, a note'],
    ['a footer of one value', 'Report run by the workforce team on 01/11/2025\n', 'Line 8 is a total, a note'],
    ['the count of a database', '\n(6 rows affected)\n', 'Line 9 is a total, a note'],
    ['a line of dashes', `${names.map(() => '-----').join(',')}\n`, 'line of dashes'],
  ])('%s', async (_, foot, told) => {
    const { read, quarantined, warnings } = await load(write('file.csv', text + foot));
    expect({ read, quarantined }).toEqual({ read: 6, quarantined: 0 });
    expect(warnings.join(' ')).toContain(told);
  });

  test('a row with little in it is one', async () => {
    const few = names.map((_, i) => (i === at('Person Pseudonym') ? 'K99' : i === 0 ? '31/10/2025' : '')).join(',');
    expect(await load(write('file.csv', `${text}${few}\n`))).toMatchObject({ read: 7, quarantined: 1 });
  });

  test('a first column without a name that numbers the rows is passed over', async () => {
    const numbered = text.split('\n').map((line, n) => (line === '' ? '' : `${n === 0 ? '' : n},${line}`));
    expect(await load(write('file.csv', numbered.join('\n')))).toMatchObject({ loaded: 6, quarantined: 0 });
    const named = text.split('\n').map((line, n) => (line === '' ? '' : `${n === 0 ? '' : 'Ann'},${line}`));
    expect(await load(write('file.csv', named.join('\n')))).toMatchObject({ loaded: 0 });
  });
});

describe('what may mean two things is not read, and the reason says what to do', () => {
  const ways: [column: string, written: string, reason: RegExp][] = [
    ['Tm End Date', '45961', /is a day number of a spreadsheet: format the column as a date/],
    ['Tm End Date', '31-Oct-25', /has a two-digit year/],
    ['Contracted Wte', '50%', /is a percentage: give the number itself/],
    ['Contracted Wte', '£0.50', /has a currency sign/],
    ['Tm End Date', '01/10/2025', /is the first day of a month: give the last/],
    ['Contracted Wte', '0,5', /is not a number/],
    ['Contracted Wte', '37.5', /is above 2/],
    ['Ocs Code', 'Guy’s and St Thomas’', /has the wrong form, where RJ1 is one/],
  ];

  test(`${ways.length} ways`, async () => {
    const lines = ways.map(([column, written], n) =>
      values.with(at('Person Pseudonym'), `K${n}`).with(at('Assignment Pseudonym'), `A${n}`).with(at(column), written),
    );
    const { loaded } = await load(write('file.csv', csv(lines)));
    expect(loaded).toBe(0);
    const told = await all('select reason from quarantine order by line');
    for (const [n, [reason]] of told.entries()) expect(reason, ways[n]![1]).toMatch(ways[n]![2]);
    expect(told.length).toBe(ways.length);
  });

  test('a decimal comma before three digits, where columns are separated by semicolons', async () => {
    const body = csv(rows(), ';').replaceAll(';0.5;', ';1,234;');
    expect((await load(write('file.csv', body))).loaded).toBe(0);
  });

  test.each([
    ['a file of gzip', gzipSync(text), 'structure', /compressed by gzip/],
    ['a web page', '<html><body><table><tr><td>1</td></tr></table></body></html>\n', 'structure', /a web page/],
    ['JSON', '[{"person_id": 1}]\n', 'structure', /JSON/],
    ['a PDF', '%PDF-1.7\n1 0 obj\n', 'structure', /a PDF/],
    ['a byte-order mark', '\uFEFF', 'empty', /only line ends/],
    ['a header over two lines', text.replace('Age Band', '"Age\nBand"'), 'header', /over two lines/],
    ['a workbook', Buffer.from('PK\x03\x04 and so on', 'latin1'), 'structure', /workbook or an archive/],
    ['bytes of another code page', Buffer.from(text.replaceAll('Female', 'Fémale'), 'latin1'), 'encoding', /not UTF-8/],
  ])('%s under the name of a CSV', async (_, body, code, problem) => {
    await expect(load(write('file.csv', body))).rejects.toMatchObject({
      code,
      problem: expect.stringMatching(problem),
    });
  });

  test('text under the name of a workbook', async () => {
    for (const name of ['staff.xls', 'staff.xlsx', 'staff.ods'])
      await expect(load(write(name, text)), name).rejects.toMatchObject({
        problem: 'The file is text, and its name is that of a workbook.',
      });
  });
});
