import { expect, test } from 'vitest';
import { randomStream } from '../sample/random.ts';
import { passesModulus11 } from './checksums.ts';
import { identifiersAmong } from './decide.ts';

const random = randomStream(1, 'identifiers');
const bytes = (n: number) => Buffer.from(Array.from({ length: n }, () => random.below(256)));
const uuid = () =>
  bytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const judged = (values: string[]) =>
  identifiersAmong(
    'person_id',
    values.map((value, i) => ({ line: i + 2, value })),
    values.slice(0, 2000),
  );
const tenDigits = () => String(Math.floor(random.next() * 9e9) + 1e9);
const nhsNumber = () => {
  for (;;) {
    const digits = tenDigits();
    if (passesModulus11(digits)) return digits;
  }
};

test('a column of NHS numbers is found, with its lines and never a value', () => {
  const values = Array.from({ length: 100 }, nhsNumber);
  const found = judged(values);
  expect(found.map(({ kind }) => kind)).toContain('NHS number');
  // Some pass for a CHI number as well, and are named as that: together the kinds name the first lines.
  expect(found.flatMap(({ lines }) => lines)).toEqual(expect.arrayContaining([2, 3, 4]));
  expect(JSON.stringify(found)).not.toContain(values[0]);
});

test('one identifier among ordinary pseudonyms is found, whatever its kind', () => {
  const pseudonyms = Array.from({ length: 200 }, (_, i) => `P${String(i).padStart(7, '0')}`);
  for (const one of [
    '9434765919',
    '943-476-5919',
    'AB123456C',
    'MORGA607054SM9IJ',
    'PH123456',
    '07700900123',
    '1984-05-17',
    '17/05/1984',
    '12345678-1',
  ]) {
    expect(
      judged([...pseudonyms, one]).map(({ lines }) => lines),
      one,
    ).toEqual([[202]]);
  }
});

test('clean pseudonyms of every common form are never refused', () => {
  const forms: (() => string)[] = [
    () => tenDigits(),
    () => `P${bytes(4).toString('hex').toUpperCase()}`,
    () => `P${bytes(4).toString('hex').toUpperCase()}-${Math.ceil(random.next() * 3)}`,
    () => bytes(4).toString('hex'),
    () => bytes(16).toString('hex'),
    () => uuid(),
    () => bytes(9).toString('base64url'),
    () => `A${String(Math.floor(random.next() * 1e8)).padStart(8, '0')}`,
    () => String(Math.floor(random.next() * 1e6)),
    () => String(Math.floor(random.next() * 1e8)).padStart(8, '0'),
  ];
  for (const form of forms) {
    for (let file = 0; file < 25; file++) {
      const found = judged(Array.from({ length: 20 + 40 * file }, form));
      expect(found, form.toString()).toEqual([]);
    }
  }
});

test('every kind is found at a share of one in a hundred and when it fills the column', () => {
  const letters = 'ABCEGHJKLMNPRSTWXYZ';
  const digit = () => Math.floor(random.next() * 10);
  const digits = (n: number) => Array.from({ length: n }, digit).join('');
  const kinds: Record<string, () => string> = {
    'NHS number': nhsNumber,
    'National Insurance number': () =>
      `${letters[digit()]}${'ABCEH'[digit() % 5]}${digits(6)}${'ABCD'[digit() % 4]}`.replace(
        /^(BG|GB|KN|NK|NT|TN|ZZ)/,
        'AB',
      ),
    'e-mail address': () => `a${digits(4)}@nhs.net`,
    'telephone number': () => `07${digits(9)}`,
    'HCPC number': () => `PH${digits(6)}`,
    'date of birth': () => `19${5 + (digit() % 5)}${digit()}-0${1 + (digit() % 9)}-1${digit()}`,
    'driving licence': () => `MORGA${digits(6)}SM9IJ`,
    'staff record number': () => `${digits(8)}-1`,
    postcode: () => `M${digit()} ${digit()}AA`,
  };
  for (const [kind, make] of Object.entries(kinds)) {
    for (const share of [1, 0.01]) {
      const values = Array.from({ length: 2000 }, (_, i) =>
        i % Math.round(1 / share) === 0 ? make() : `P${String(i).padStart(9, '0')}`,
      );
      expect(new Set(judged(values).map((found) => found.kind.replace('CHI', 'NHS'))), `${kind} at ${share}`).toContain(
        kind,
      );
    }
  }
});
