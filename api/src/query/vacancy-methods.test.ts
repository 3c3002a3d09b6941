import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const figure = 'value status display numerator denominator methods { code }';
const ask = async (args = '', rows = `vacancies { ${figure} } vacancyRate { ${figure} }`) => {
  const { staff } = await asking.ask(
    `{ staff${args} { ... on StaffTable { rows { isTotal isRest area { code } ${rows} } warnings { code message } } } }`,
  );
  const told = (code: string) => staff.warnings.flatMap((one: Json) => (one.code === code ? [one.message] : []));
  return { rows: staff.rows as Json[], told };
};

test('vacancies of one method are given, and the answer says how they were counted', async () => {
  const { rows, told } = await ask('(by: [NATION])');
  const methods = Object.fromEntries(rows.map(({ area, vacancies }) => [area.code, vacancies.methods]));
  expect(methods).toEqual({
    england: [{ code: 'funded_less_in_post' }],
    wales: [{ code: 'funded_less_in_post' }],
    scotland: [{ code: 'advertised' }],
    northern_ireland: [{ code: 'recruited_to' }],
  });
  for (const { vacancies, vacancyRate } of rows) {
    expect(vacancies.value).toBeGreaterThan(0);
    expect(vacancyRate.value).toBeCloseTo(40 / 840, 9);
  }
  expect(told('METHOD')).toEqual([
    'Vacancies in England, Wales: counted as funded_less_in_post.',
    'Vacancies in Northern Ireland: counted as recruited_to.',
    'Vacancies in Scotland: counted as advertised.',
  ]);
  expect(told('METHODS_DIFFER')).toEqual([]);
});

test('vacancies counted in different ways are not added up, whoever asks for the sum, and the answer says what to ask', async () => {
  const apart = (rows: Json[]) => {
    for (const { vacancies, vacancyRate } of rows)
      for (const one of [vacancies, vacancyRate])
        expect(one).toMatchObject({ value: null, status: 'NOT_AVAILABLE', display: '[x]', numerator: null, denominator: null }); // prettier-ignore
  };
  const whole = await ask();
  apart(whole.rows);
  expect(whole.told('METHODS_DIFFER')).toEqual([
    'No vacancies (FTE), vacancy rate of the United Kingdom: vacancies are counted in different ways there (advertised; funded_less_in_post; recruited_to) and are not added up. Look at nations one by one; `by: [NATION]` gives each.',
  ]);
  apart((await ask('(where: { nation: [ENGLAND, SCOTLAND] })')).rows);
  apart((await ask('(by: [NATION], totals: true)')).rows.filter(({ isTotal }) => isTotal));
  const paged = await ask('(by: [NATION], first: 1, rest: true, orderBy: [{ dimension: NATION }])');
  const rest = paged.rows.filter(({ isRest }) => isRest);
  expect(rest).toHaveLength(1);
  apart(rest);
});

test('nations that count alike are added up', async () => {
  const { rows } = await ask('(where: { nation: [ENGLAND, WALES] })');
  const { rows: each } = await ask('(by: [NATION], where: { nation: [ENGLAND, WALES] })');
  expect(rows[0]!.vacancies.value).toBeCloseTo(each[0]!.vacancies.value + each[1]!.vacancies.value, 9);
});

test('nothing is compared with a sum of different counts, nor with a count made in another way', async () => {
  const compared = 'vacancyRate { value comparison { value display verdict statement } } headcount { value }';
  const { rows } = await ask('(by: [NATION], compare: { uk: true })', compared);
  for (const { vacancyRate } of rows)
    expect(vacancyRate.comparison).toMatchObject({ value: null, display: '[x]', verdict: 'NOT_COMPARABLE' });
  const when = (end: string) =>
    `(where: { nation: [WALES] }, period: { at: { end: "${end}" } }, compare: { previous: true })`;
  const [changed, same] = [await ask(when('2025-09'), compared), await ask(when('2025-12'), compared)];
  expect(changed.rows[0]!.vacancyRate.comparison).toMatchObject({
    verdict: 'NOT_COMPARABLE',
    statement: 'Not compared with April to June 2025: its vacancies are counted in another way.',
  });
  expect(same.rows[0]!.vacancyRate.comparison.verdict).not.toBe('NOT_COMPARABLE');
  const { rows: organisations } = await ask('(where: { organisation: ["RAA"] }, compare: { nation: true })', compared);
  expect(organisations[0]!.vacancyRate.comparison.verdict).not.toBe('NOT_COMPARABLE');
});
