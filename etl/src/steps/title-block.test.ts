import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedData } from '@ahp/sql/shared-data';
import { checking, csvOf, ordinary } from '../../test/checking.ts';

const { write, load, all, close } = await checking();
afterAll(close);

const rows = Array.from({ length: 3 }, (_, n) => ({ ...ordinary, person_id: `P${n}` }));
const text = csvOf(rows);
const people = async () =>
  (await all('select person_id, line from workforce order by line')).map((row) => row.join(' '));
const utf16 = (content: string) => Buffer.from(`\uFEFF${content}`, 'utf16le');

test('a title above the header is passed over and told, and lines keep their numbers', async () => {
  for (const end of ['\n', '\r\n'])
    for (const title of [['A Trust'], ['A Trust', 'Run date:,01/04/2026', ''], ['"A, Trust",,,,', ',,,,']]) {
      const path = write('title.csv', [...title, text].join('\n').replaceAll('\n', end));
      const result = await load(path);
      expect(result).toMatchObject({ loaded: 3, quarantined: 0 });
      expect(result.warnings.at(-1)).toMatch(
        title.length === 1 ? /^Line 1 stands/ : new RegExp(`^Lines 1 to ${title.length} stand`),
      );
      expect(await people()).toEqual([2, 3, 4].map((line, n) => `P${n} ${line + title.length}`));
    }
});

test('rows above the header are no title: they are not lost', async () => {
  const [header, first, ...others] = text.split('\n') as [string, string];
  await expect(load(write('below.csv', [first, header, ...others].join('\n')))).rejects.toMatchObject({
    code: 'header',
    line: 2,
    problem: 'The header is on line 2, and rows stand above it.',
  });
});

test('a header below a title that no layout has is refused by its own line', async () => {
  await expect(load(write('x.csv', `A Trust\n\n${text.replace('band,', 'bnad,')}`))).rejects.toMatchObject({
    code: 'header',
    line: 3,
    column: 'band',
  });
});

test('a line that names the separator is believed, whatever the layout says', async () => {
  for (const [line, delimiter] of [
    ['sep=,', ','],
    ['sep=;', ';'],
    ['"sep=|"', '|'],
    ['SEP=\t', '\t'],
  ] as const) {
    expect(await load(write('sep.csv', `${line}\n${text.replaceAll(',', delimiter)}`)), line).toMatchObject({
      loaded: 3,
      quarantined: 0,
    });
    expect(await people()).toEqual(['P0 3', 'P1 4', 'P2 5']);
  }
});

test('Unicode text is read: its mark and tabs leave no doubt; cut anywhere it is refused', async () => {
  const whole = utf16(text.replaceAll(',', '\t').replaceAll('\n', '\r\n'));
  expect(await load(write('unicode.txt', whole))).toMatchObject({ loaded: 3, quarantined: 0 });
  expect(await people()).toEqual(['P0 2', 'P1 3', 'P2 4']);
  expect(await load(write('other-way.txt', Buffer.from(whole).swap16()))).toMatchObject({ loaded: 3 });
  for (const end of [1, 2, 3, 7, 40])
    await expect(load(write('cut.txt', whole.subarray(0, -end))), `${end} bytes less`).rejects.toMatchObject({
      code: expect.stringMatching(/cut_short|encoding/),
    });
  expect(await load(write('commas.csv', utf16(text)))).toMatchObject({ loaded: 3, quarantined: 0 });
});

test('columns and rows without anything in them are passed over; a value in a column without a name costs its row', async () => {
  const wide = text.replaceAll('\n', ',,,\n');
  for (const body of [wide, `${wide}${','.repeat(15)}\n${','.repeat(15)}\n`]) {
    const result = await load(write('wide.csv', body));
    expect(result).toMatchObject({ read: 3, loaded: 3 });
    expect(result.warnings[0]).toBe('3 columns without a name were passed over.');
  }
  const result = await load(write('wide.csv', wide.replace(/,,,\n$/, ',,x,\n')));
  expect(result).toMatchObject({
    loaded: 2,
    reasons: [{ reason: 'has a value in a column without a name', firstLine: 4 }],
  });
  const blank = await load(write('blank.csv', `${text}${','.repeat(12)}\n`));
  expect(blank).toMatchObject({ read: 3, loaded: 3, warnings: ['1 blank line was passed over.'] });
});

const esr =
  'Tm End Date,Person Pseudonym,Assignment Pseudonym,Ocs Code,Occupation Code,AfC Band,Contracted Wte,Status,Asg Type Of Contract,Start Date In Organisation,Gender,Ethnic Origin,Age Band,Disabled\n';
const esrRow = (band: string, date = '31/03/2026', disabled = 'N') =>
  `${date},P1,A1,RJ1,S9E,${band},0.5,Active\u00A0Assignment,Permanent,${date === '31/03/2026' ? '06/04/2012' : '06-Apr-65'},Female,A,25-34,${disabled}\n`;

test('a no-break space within or around a supplier’s value is a space', async () => {
  expect(await load(write('nbsp.csv', esr + esrRow('\u00A0Band\u00A03')))).toMatchObject({ loaded: 1 });
});

test.each([
  '3',
  '03',
  'Band 3',
  'band3',
  'AfC Band 3',
  'XR03',
  'XN03',
  'NHS|XR03|Review Body Band 3',
  'Review Body Band 3',
])('band 3 is written %s', async (band) => {
  expect(await load(write('band.csv', esr + esrRow(band)))).toMatchObject({ loaded: 1 });
  expect(await all('select band from workforce')).toEqual([['3']]);
});

test('a day with a year of two digits is refused as that, and read where the layout names the form', async () => {
  const body = esr + esrRow('3', '31-Mar-26');
  const { reasons } = await load(write('short.csv', body));
  expect(reasons.map(({ reason }) => reason).join()).toContain('two-digit year');
  expect(reasons.find(({ column }) => column === 'period_end')!.values).toEqual([{ value: '31-Mar-26', rows: 1 }]);
  expect(reasons.find(({ column }) => column === 'organisation_start_date')).toMatchObject({
    values: [],
    shapes: ['99-xxx-99'],
  });
});

const folder = sharedData('cases/operators');
describe.skipIf(folder === null)('files as operators sent them', () => {
  const loaded: Record<string, number> = {
    'quoted-crlf.csv': 40,
    'title-block.csv': 37,
    'sep-line.csv': 39,
    'blank-columns.csv': 40,
    'unicode-text.txt': 40,
    'bands-in-words.csv': 40,
    'disability-words.csv': 40,
    'leavers-inside.csv': 38,
  };
  const refused: Record<string, RegExp> = {
    'two-tables.csv': /line 23: The header comes again/,
    'esr-report-headers.csv': /“period_end” is missing/,
    'pseudonyms-in-scientific-notation.csv': /scientific notation/,
  };
  test.each(Object.entries(loaded))('%s gives %i rows', async (name, rows) => {
    expect(await load(`${folder}/${name}`)).toMatchObject({ loaded: rows });
  });
  test.each(Object.entries(refused))('%s is refused', async (name, message) => {
    await expect(load(`${folder}/${name}`)).rejects.toThrow(message);
  });
  test('dates-dd-mmm-yy.csv says that its years have two digits', async () => {
    const { reasons, loaded } = await load(`${folder}/dates-dd-mmm-yy.csv`);
    expect(loaded).toBe(0);
    expect(reasons.every(({ reason }) => reason.startsWith('has a two-digit year'))).toBe(true);
  });
  test('each of them is tried here', () => {
    const tried = new Set([...Object.keys(loaded), ...Object.keys(refused), 'dates-dd-mmm-yy.csv']);
    expect(readdirSync(folder!).filter((name) => !tried.has(name) && !/[.]xlsx$/.test(name))).toEqual([]);
  });
});
