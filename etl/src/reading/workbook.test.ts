import { crc32, deflateRawSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedData } from '@ahp/sql/shared-data';
import { checking, ordinary } from '../../test/checking.ts';

const { write, load, all, close } = await checking();
afterAll(close);

type Value = string | number | boolean | Date | null;
type Written = Parameters<typeof writeXlsx>[0];

const names = [...Object.keys(ordinary), 'organisation_start_date', 'apprentice'];
const day = new Date(Date.UTC(2026, 2, 31));
const people = (count: number): Value[][] =>
  Array.from({ length: count }, (_, n) => [
    day,
    `P${n}`,
    `A${n}`,
    'RJ1',
    'S9E',
    3,
    0.1 + 0.2,
    'active',
    'permanent',
    'female',
    'A',
    '35_44',
    'no',
    new Date(Date.UTC(2020, 0, n + 1)),
    n % 2 === 0,
  ]);
const table = (count = 3): Value[][] => [names, ...people(count)];
const xlsx = async (sheets: Written['sheets'], more: Partial<Written> = {}) =>
  write('staff.xlsx', Buffer.from(await writeXlsx({ sheets, ...more })));
const loaded = () =>
  all(
    'select period_end, person_id, band, contracted_fte, organisation_start_date, apprentice, line from workforce order by line',
  );
const three = (from: number) =>
  [0, 1, 2].map((n) => ['2026-03-31', `P${n}`, '3', '0.30000', `2020-01-0${n + 1}`, n % 2 === 0, String(from + n)]);

/** The parts of a workbook by their names, and one put together of such parts. */
const zipped = (parts: Record<string, string | Buffer>): Buffer => {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), head, place, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length / 4, 4);
  end.writeUInt16LE(central.length / 4, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...local, ...central, Buffer.from('PK\x05\x06', 'latin1'), end]);
};
const sheetOf = (xml: string): Record<string, string> => ({
  '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${xml}</sheetData></worksheet>`,
});
const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const letters = 'ABCDEFGHIJKLMNO';
const rowXml = (row: number, values: readonly string[], other: Record<string, string> = {}) =>
  `<row r="${row}">${values.map((value, at) => other[letters[at]!] ?? text(`${letters[at]!}${row}`, value)).join('')}</row>`;
const texts = Object.values({ ...ordinary });

test('a workbook gives what its table holds: days in both epochs, numbers, flags', async () => {
  for (const dateSystem of ['1900', '1904'] as const) {
    const result = await load(await xlsx([{ name: 'Staff', rows: table() }], { dateSystem }));
    expect(result).toMatchObject({ read: 3, loaded: 3, reader: 'workbook', warnings: ['Sheet “Staff” was read.'] });
    expect(await loaded(), dateSystem).toEqual(three(2));
  }
  const ods = write('staff.ods', Buffer.from(await writeOds({ sheets: [{ name: 'Staff', rows: table() }] })));
  expect(await load(ods)).toMatchObject({ loaded: 3 });
  expect(await loaded()).toEqual(three(2));
});

test('the sheet that answers a layout is read, the others are named; a title, a total, hidden and blank rows are told', async () => {
  const rows = [['A Trust'], ['Run', '01/04/2026'], [], ...table(), [], ['Total', 3]];
  const path = await xlsx([
    { name: 'Notes', rows: [['Please read']] },
    {
      name: 'Staff',
      rows,
      merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 5 }],
      rowDefs: new Map([[5, { hidden: true }]]),
    },
  ]);
  const { warnings } = await load(path);
  expect(await loaded()).toEqual(three(5));
  expect(warnings).toEqual([
    'Sheet “Staff” was read, and not “Notes”.',
    'The header is in row 4; what stands above was passed over.',
    '1 row is hidden in the sheet, and read like the others.',
    'Row 9 is a total, and was passed over.',
    '1 blank row was passed over.',
  ]);
});

test('two sheets that answer a layout are refused: neither is left out in silence', async () => {
  await expect(
    load(
      await xlsx([
        { name: 'April', rows: table() },
        { name: 'May', rows: table() },
      ]),
    ),
  ).rejects.toThrow('Several sheets answer a layout: “April”, “May”.');
});

test('a sheet that no layout knows is refused by the row of its header', async () => {
  const rows = table().map((row, at) => (at === 0 ? row.with(5, 'bnad') : row));
  await expect(load(await xlsx([{ name: 'Staff', rows: [['A Trust'], ...rows] }]))).rejects.toMatchObject({
    code: 'header',
    column: 'band',
    line: 2,
  });
});

test('pseudonyms of more than 15 digits that were stored as numbers are refused', async () => {
  const rows = table().map((row, at) => (at === 0 ? row : row.with(1, 12345678901234500 + at * 100)));
  await expect(load(await xlsx([{ name: 'Staff', rows }]))).rejects.toMatchObject({
    code: 'pseudonyms',
    column: 'person_id',
    line: 2,
  });
});

test('what a formula last came to is read and told; one never calculated, and an error, refuse the file', async () => {
  const header = rowXml(1, Object.keys(ordinary));
  const made = (cell: string) => write('made.xlsx', zipped(sheetOf(header + rowXml(2, texts, { G: cell }))));
  const cached = await load(made('<c r="G2"><f>4/5</f><v>0.8</v></c>'));
  expect(cached).toMatchObject({ loaded: 1 });
  expect(cached.warnings.at(-1)).toBe('1 cell is a formula: what they last came to was read.');
  await expect(load(made('<c r="G2"><f>4/5</f></c>'))).rejects.toMatchObject({
    code: 'structure',
    line: 2,
    column: 'contracted_fte',
    problem: /never calculated/,
  });
  for (const cell of ['<c r="G2" t="e"><v>#N/A</v></c>', '<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'])
    await expect(load(made(cell)), cell).rejects.toMatchObject({
      code: 'structure',
      line: 2,
      column: 'contracted_fte',
    });
});

describe('hostile workbooks', () => {
  const whole = sheetOf(rowXml(1, Object.keys(ordinary)) + rowXml(2, texts));
  test('the workbook that the others are made of is read', async () => {
    expect(await load(write('whole.xlsx', zipped(whole)))).toMatchObject({ loaded: 1 });
  });
  test('macros, a password, the old format and the binary one are refused with what to do', async () => {
    const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]);
    for (const [bytes, problem] of [
      [zipped({ ...whole, 'xl/vbaProject.bin': 'x' }), /macros/],
      [ole, /password, or in the format before 2007/],
      [zipped({ ...whole, 'xl/workbook.bin': 'x' }), /binary/],
      [Buffer.from('PK'), /not readable/],
      [zipped(whole).subarray(0, -30), /not readable/],
    ] as const) {
      const refused = await load(write('bad.xlsx', bytes)).catch((error: Error) => error);
      expect((refused as Error).message).toMatch(problem);
      expect((refused as { remedy?: string }).remedy).toContain('“CSV UTF-8”');
    }
    for (const name of ['staff.xls', 'staff.xlsm', 'staff.xlsb'])
      await expect(load(write(name, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]))), name).rejects.toMatchObject({
        code: 'unknown_layout',
        problem: /XLSX and ODS without macros/,
      });
  });
  test('a bomb is stopped at 200 MB, whatever size it states', async () => {
    const started = performance.now();
    const bomb = zipped({ ...whole, 'xl/media/a.xml': Buffer.alloc(220e6) });
    await expect(load(write('bomb.xlsx', bomb))).rejects.toMatchObject({ code: 'too_large' });
    expect(bomb.length).toBeLessThan(1e6);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
  test('two cells in opposite corners are refused', async () => {
    const corners = sheetOf(`${rowXml(1, Object.keys(ordinary))}<row r="1048576">${text('XFD1048576', 'x')}</row>`);
    await expect(load(write('corners.xlsx', zipped(corners)))).rejects.toMatchObject({ code: 'unreadable' });
  });
  test('cut anywhere it is refused or read whole', async () => {
    const bytes = readFileSync(await xlsx([{ name: 'Staff', rows: table() }]));
    for (let end = 1; end < bytes.length; end += Math.ceil(bytes.length / 40))
      await expect(load(write('cut.xlsx', bytes.subarray(0, end))), `${end}`).rejects.toMatchObject({
        name: 'ExtractRefusal',
      });
  });
});

const folder = sharedData('cases/operators');
describe.skipIf(folder === null)('workbooks as operators sent them', () => {
  test.each(['workbook', 'workbook-numbers-as-text', 'workbook-with-title-and-total'])(
    '%s.xlsx has the rows of its CSV',
    async (name) => {
      const rows = () => all('select * exclude (source_file, line) from workforce order by person_id');
      await load(`${folder}/quoted-crlf.csv`);
      const expected = await rows();
      expect(await load(`${folder}/${name}.xlsx`)).toMatchObject({ read: 40, loaded: 40, quarantined: 0 });
      expect(await rows()).toEqual(expected);
    },
  );
});
