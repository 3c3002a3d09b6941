import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './leaver_rate.ts';

test('1,000 at the start, 1,040 at the end and 102 out of active service are 10 %', async () => {
  const { value } = await figureOf(measure, {
    headcount_start: 1000,
    headcount: 1040,
    leavers_organisation: 90,
    went_inactive: 12,
  });
  expect(value).toBeCloseTo(0.1, 12);
});

test('by the Scottish method 102 of the 1,000 at the start left their role', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 1000, headcount: 1040, leavers_role: 102, leavers_organisation: 90 },
    { given: { method: 'NES_START' } },
  );
  expect(value).toBeCloseTo(0.102, 12);
});

test('true leavers leave out moves between roles', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 1000, headcount: 1040, leavers_role: 102, leavers_organisation: 90 },
    { given: { method: 'NES_TRUE' } },
  );
  expect(value).toBeCloseTo(0.09, 12);
});

test('of 1,000 people 30 left AHP support and 14 left the NHS of the nation', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 1000, headcount: 1000, leavers_support: 30, leavers_nhs: 14 },
    { given: { scope: 'SUPPORT_WORKFORCE' } },
  );
  expect(value).toBeCloseTo(0.03, 12);
});

test('a service of 10 that closes has lost 200 % of its average headcount', async () => {
  const { value } = await figureOf(measure, { headcount_start: 10, leavers_organisation: 10 });
  expect(value).toBeCloseTo(2, 12);
});

test('1,234 support to ST&T staff left their organisation in November 2025: 1.2125 %', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 101_759, headcount: 101_784, leavers_organisation: 1234 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(0.0121252020457594, 9);
});

test('by the Scottish method a publication has those who left the organisation: 1,234 of 101,759 are 1.2127 %', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 101_759, headcount: 101_784, leavers_organisation: 1234 },
    { source: 'published', given: { method: 'NES_START', scope: 'ORGANISATION' } },
  );
  expect(value).toBeCloseTo(1234 / 101_759, 9);
});
