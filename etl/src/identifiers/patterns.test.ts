import { readFileSync } from 'node:fs';
import { sharedData } from '@ahp/sql/shared-data';
import { expect, test } from 'vitest';
import { isChiNumber, passesModulus11 } from './checksums.ts';
import { headerIdentifier } from './headers.ts';
import { identifiersIn, type IdentifierKind } from './patterns.ts';

const kinds: Record<string, IdentifierKind> = {
  date: 'date of birth',
  email: 'e-mail address',
  phone: 'telephone number',
  uk_driving_licence: 'driving licence',
  uk_nhs: 'NHS number',
  uk_nino: 'National Insurance number',
  uk_passport: 'passport',
  uk_postcode: 'postcode',
  uk_vehicle_registration: 'vehicle registration',
};

const cases = sharedData('hostile/pii/presidio-cases.json');
test.skipIf(cases === null)(
  'of 155 published cases all but one short foreign telephone number are judged right',
  () => {
    const published = JSON.parse(readFileSync(cases!, 'utf8')) as { kind: string; text: string; expected: number }[];
    const wrong = published.filter(
      ({ kind, text, expected }) => identifiersIn(text).includes(kinds[kind]!) !== expected > 0,
    );
    expect(published).toHaveLength(155);
    expect(wrong.map(({ text }) => text)).toEqual(['My Israeli number is 09-7625400']);
  },
);

test('the NHS number check digit, and the CHI number that begins with a birthday', () => {
  expect(passesModulus11('9434765919')).toBe(true);
  expect(passesModulus11('9434765918')).toBe(false);
  expect(isChiNumber('0101011237')).toBe(passesModulus11('0101011237'));
  expect(isChiNumber('9434765919')).toBe(false);
  expect(identifiersIn('943 476 5919')).toEqual(['NHS number']);
});

test('column names that announce an identifier are recognised however written, and ordinary ones are not', () => {
  const announced = [
    'NHS No',
    'nhs_number',
    'Date Of Birth',
    'DOB',
    'E-mail',
    'Email Address',
    'Mobile',
    'Post Code',
    'Surname',
    'First Name',
    'EMPLOYEE_NUMBER',
    'Asg Number',
    'Unique Nhs Identifier',
    'NI Number',
    'HCPC Registration Number',
    'Home Address',
    'Passport No',
    'chi',
  ];
  expect(announced.filter((name) => headerIdentifier(name) === undefined)).toEqual([]);
  const ordinary = [
    'person_id',
    'Person Pseudonym',
    'band',
    'organisation_code',
    'NHSE_REGION_NAME',
    'org_name',
    'age_band',
    'hours',
    'Pseudonymised Unique Nhs Identifier',
    'provider_name',
    'machine',
  ];
  expect(ordinary.filter((name) => headerIdentifier(name) !== undefined)).toEqual([]);
});
