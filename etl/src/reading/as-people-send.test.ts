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
  'period_end::varchar, person_id, organisation_code, occupation_code, band, contracted_fte::double, sex, age_band, disability';
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
  test.each([
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
  ])('%s: %s', async (column, written) => {
    expect(await load(write('file.csv', csv(rows(column, written))))).toMatchObject({ loaded: 6, quarantined: 0 });
    expect(await read()).toEqual(ordinary);
  });

  test('text formulas that stand unquoted', async () => {
    const body = text.replace(/K0\d/g, (pseudonym) => `="${pseudonym}"`);
    expect(await load(write('file.csv', body))).toMatchObject({ loaded: 6, quarantined: 0 });
    expect(await read()).toEqual(ordinary);
  });
});

describe('what may mean two things is not read, and the reason says what to do', () => {
  test.each([
    ['Tm End Date', '45961', /is a day number of a spreadsheet: format the column as a date/],
    ['Tm End Date', '31-Oct-25', /has a two-digit year/],
    ['Contracted Wte', '50%', /is not a number/],
    ['Contracted Wte', '0,5', /is not a number/],
    ['Contracted Wte', '37.5', /is above 2/],
    ['Ocs Code', 'Guy’s and St Thomas’', /has the wrong form, where RJ1 is one/],
  ])('%s: %s', async (column, written, reason) => {
    const { loaded, reasons } = await load(write('file.csv', csv(rows(column, written))));
    expect(loaded).toBe(0);
    expect(reasons[0]!.reason).toMatch(reason);
  });

  test('a decimal comma before three digits, where columns are separated by semicolons', async () => {
    const body = csv(rows(), ';').replaceAll(';0.5;', ';1,234;');
    expect((await load(write('file.csv', body))).loaded).toBe(0);
  });

  test.each([
    ['a workbook', Buffer.from('PK\x03\x04 and so on', 'latin1'), 'structure', /workbook or an archive/],
    ['bytes of another code page', Buffer.from(text.replaceAll('Female', 'Fémale'), 'latin1'), 'encoding', /not UTF-8/],
  ])('%s under the name of a CSV', async (_, body, code, problem) => {
    await expect(load(write('file.csv', body))).rejects.toMatchObject({
      code,
      problem: expect.stringMatching(problem),
    });
  });
});
