import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { sharedData } from '@ahp/sql/shared-data';
import { checking, csvOf, ordinary } from '../../test/checking.ts';

const { write, load, close } = await checking();
afterAll(close);

const hashed = (n: number) => createHash('sha256').update(`person ${n}`).digest('hex');
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const people = (count: number, id: (n: number) => string) =>
  numbers(count).map((n) => ({ ...ordinary, person_id: id(n), assignment_id: `A${n}` }));
const learned = (id: string, n: number) => ({
  event_date: `2025-0${1 + (n % 9)}-15`,
  person_id: id,
  organisation_code: 'RJ1',
  activity: 'cpd',
  outcome: 'completed',
  hours: `${n}`,
});
const left = (id: string, n: number) => ({
  leaving_date: `2025-0${1 + (n % 9)}-15`,
  person_id: id,
  organisation_code: 'RJ1',
  leaving_reason: 'retirement_age',
  destination: 'unknown',
});
const extracts = {
  workforce: (id: string, n: number) => ({ ...ordinary, person_id: id, assignment_id: `A${n}` }),
  training: learned,
  retention: left,
};

const noPerson: Record<string, string[]> = {
  'scientific notation': ['1.23E+11', '4.71200E+11', '4E+11', '1.5e-7', '1.2E11'],
  dates: ['03-Apr', '4/Jan', 'Mar-04'],
  'narrow column': ['########'],
  zeros: ['0', '000', '0000000000', '0.0', '0.00'],
  'one sign over and over': ['9999999999', '99999999', 'XXXXXXXX', '2222222222'],
  'stand for nobody': [
    'NULL',
    'null',
    'UNKNOWN',
    'Unknown',
    'N/A',
    'n/a',
    'NA',
    'none',
    '-',
    '#N/A',
    '#REF!',
    'nan',
    'Not Known',
    '?',
    'TBC',
  ],
};

test.each(Object.keys(extracts) as (keyof typeof extracts)[])(
  'a %s file with values that are no pseudonyms is refused by the name of their form, with lines and no value of a person',
  async (name) => {
    for (const values of Object.values(noPerson))
      for (const value of values) {
        const rows = numbers(20).map((n) => extracts[name](n === 7 ? value : `P${hashed(n).slice(0, 8)}`, n));
        const refused = await load(write(`${name}.csv`, csvOf(rows))).catch((error: Error) => error);
        expect(refused, value).toMatchObject({ code: 'pseudonyms', column: 'person_id', line: 9 });
        if (/[0-9]{2}/.test(value)) expect((refused as Error).message, value).not.toContain(value);
      }
  },
);

test('all forms in a column are told at once', async () => {
  const rows = numbers(20).map((n) => extracts.workforce(['NULL', '0', 'UNKNOWN', '1.23E+11'][n] ?? `P${n}`, n));
  await expect(load(write('mixed.csv', csvOf(rows)))).rejects.toThrow(
    /scientific notation.* in 1 row \(line 5\); zeros.* in 1 row \(line 3\); words that stand for nobody \(“null”, “unknown”\) in 2 rows \(line 2, 4\)/,
  );
});

test('the same holds under a supplier’s layout, whose words for a missing value leave no person in the row', async () => {
  const header =
    'month end,pseudonym,assignment,org code,occupation,pay band,fte,status,contract,gender,ethnicity,age,disabled\n';
  const row = (id: string, n: number) => `31/03/2026,${id},A${n},RJ1,S9E,3,1,active,permanent,F,A,35-44,N\n`;
  await expect(
    load(
      write(
        'x.csv',
        header +
          numbers(9)
            .map((n) => row('1.23E+11', n))
            .join(''),
      ),
    ),
  ).rejects.toMatchObject({ code: 'pseudonyms' });
  await expect(load(write('x.csv', header + row('0', 1)))).rejects.toMatchObject({ code: 'pseudonyms' });
  expect(await load(write('x.csv', header + row('N/A', 1) + row('P1', 2)))).toMatchObject({
    loaded: 1,
    quarantined: 1,
  });
});

test('numbers that a spreadsheet cut to fifteen digits are refused; long ones that it did not are taken', async () => {
  const long = (n: number) => `1${String(1e14 + n * 7919).slice(1)}`;
  expect(long(1)).toHaveLength(15);
  await expect(load(write('x.csv', csvOf(people(8, (n) => `${long(n)}00`))))).rejects.toThrow(
    /more than 15 digits that all end in zeros/,
  );
  expect(await load(write('x.csv', csvOf(people(8, (n) => `${long(n)}0${n}`))))).toMatchObject({ loaded: 8 });
});

test('ordinary pseudonyms of any kind are taken: hexadecimal, numbered from 1, hashes, with separators', async () => {
  for (const id of [
    (n: number) => hashed(n).slice(0, 8),
    (n: number) => hashed(n).slice(0, 8).toUpperCase(),
    (n: number) => hashed(n),
    (n: number) => `${n + 1}`,
    (n: number) => `${990_000 + n}`,
    (n: number) => `RJ1/${n}`,
    (n: number) => `${n % 10}E${hashed(n).replace(/[a-f]/g, '').slice(0, 6)}-${n}`,
    (n: number) =>
      Buffer.from(hashed(n), 'hex')
        .toString('base64')
        .slice(0, 22)
        .replace(/^[^A-Za-z0-9]/, 'a'),
  ])
    expect(await load(write('x.csv', csvOf(people(1200, id)))), id(3)).toMatchObject({ loaded: 1200 });
});

test('a person with more than a handful of posts in a month refuses the file; in several months, or with five, it does not', async () => {
  const posts = (count: number) =>
    numbers(count).map((n) => ({ ...ordinary, person_id: 'P1', assignment_id: `A${n}` }));
  expect(await load(write('x.csv', csvOf(posts(5))))).toMatchObject({ loaded: 5 });
  await expect(load(write('x.csv', csvOf(posts(6))))).rejects.toMatchObject({
    code: 'pseudonyms',
    problem: '1 person holds more than 5 posts in one month (6 in March 2026): several people may share a pseudonym.',
  });
  const months = numbers(6).map((n) => ({ ...ordinary, period_end: `2025-0${n + 1}-${[31, 28, 31, 30, 31, 30][n]}` }));
  expect(await load(write('x.csv', csvOf(months)))).toMatchObject({ loaded: 6 });
});

const cases = [
  'pseudonyms-collapse/exponent.csv',
  'pseudonyms-collapse/placeholder.csv',
  'operators/pseudonyms-in-scientific-notation.csv',
];
test.skipIf(sharedData('cases') === null).each(cases)('no row of %s loads', async (name) => {
  await expect(load(sharedData(`cases/${name}`)!)).rejects.toMatchObject({ code: 'pseudonyms', column: 'person_id' });
});
