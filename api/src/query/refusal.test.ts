import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asker } from '../identity/asker.ts';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const refusal =
  '... on QueryRefused { code message path problems { code message path } alternatives { description query } }';
const staff = (args: string) =>
  `{ staff${args} { __typename ... on StaffTable { rows { area { code } headcount { display } } } ${refusal} } }`;

/** Questions that are refused, with every code that they are refused for, and who asks. */
const refused: [what: string, document: string, codes: string[], asker?: Asker][] = [
  [
    'two dimensions at an organisation by quarter',
    staff('(by: [ORGANISATION, PROFESSION, BAND])'),
    ['TOO_MANY_DIMENSIONS'],
  ],
  [
    'filters counted as dimensions',
    staff('(by: [ORGANISATION, PROFESSION], where: { band: [BAND_3] })'),
    ['TOO_MANY_DIMENSIONS'],
  ],
  [
    'a sensitive characteristic that is not published there',
    staff('(by: [ORGANISATION, ETHNIC_GROUP])'),
    ['NOT_PUBLISHED'],
  ],
  ['a pair that is not published', staff('(by: [NATION, PROFESSION, ETHNIC_GROUP])'), ['NOT_PUBLISHED']],
  ['an organisation that nobody knows', staff('(where: { organisation: ["NOPE"] })'), ['UNKNOWN_AREA']],
  ['one known and one unknown region', staff('(by: [REGION], where: { region: ["Y60", "Y99"] })'), ['UNKNOWN_AREA']],
  ['regions of a nation that has none', staff('(by: [REGION], where: { nation: [WALES] })'), ['UNKNOWN_AREA']],
  [
    'a category that this release does not have',
    staff('(where: { staffGroup: ["pilots"] })'),
    ['UNKNOWN_CATEGORY', 'NOT_PUBLISHED'],
  ],
  ['a dimension that this release does not have', staff('(by: [SEX])'), ['UNKNOWN_DIMENSION', 'NOT_PUBLISHED']],
  ['an empty filter', staff('(where: { nation: [] })'), ['NOTHING_SELECTED']],
  [
    'a month that public figures do not have',
    staff('(period: { at: { end: "2026-02", grain: MONTH } })'),
    ['UNKNOWN_PERIOD', 'LEVEL_NOT_HELD'],
  ],
  ['a quarter that is not there', staff('(period: { at: { end: "2019-03" } })'), ['UNKNOWN_PERIOD']],
  ['a period that is not one', staff('(period: { at: { end: "last spring" } })'), ['UNKNOWN_PERIOD']],
  ['an empty range', staff('(period: { range: { from: "2030-01", to: "2031-01" } })'), ['UNKNOWN_PERIOD']],
  ['a count of no periods', staff('(period: { last: { count: 0 } })'), ['OUT_OF_RANGE']],
  ['a page of nothing', staff('(first: 0, offset: -1)'), ['OUT_OF_RANGE', 'OUT_OF_RANGE']],
  [
    'an order by what the answer is not split by',
    staff('(by: [NATION], orderBy: [{ dimension: BAND }])'),
    ['UNKNOWN_ORDER'],
  ],
  ['an order by a measure of another subject', staff('(orderBy: [{ measure: LEAVER_RATE }])'), ['UNKNOWN_ORDER']],
  ['the United Kingdom beside itself', staff('(compare: { uk: true })'), ['NOT_COMPARABLE']],
  ['a publication that is not there', staff('(source: PUBLISHED, feed: "nope")'), ['SOURCE_NOT_HELD']],
  ['a table that no publication has', staff('(source: PUBLISHED, by: [PROFESSION])'), ['NOT_PUBLISHED']],
  ['a release that is not there', staff('(release: "9.9.9")'), ['UNKNOWN_RELEASE']],
  ['a path for a release', staff('(release: "../../../etc/passwd")'), ['UNKNOWN_RELEASE']],
  [
    'everything wrong at once',
    staff('(by: [ORGANISATION, PROFESSION, BAND], where: { nation: [], organisation: ["X"] }, first: 5000)'),
    ['NOTHING_SELECTED', 'UNKNOWN_AREA', 'TOO_MANY_DIMENSIONS', 'OUT_OF_RANGE'],
  ],
  [
    'what went into an employer, as its own figures',
    staff('(organisationView: AS_OF_TODAY)'),
    ['NOT_YOURS'],
    { audience: 'own', organisations: ['RAA'] },
  ],
];

test.each(refused)(
  '%s is refused with all its problems, and its alternatives succeed',
  async (_, document, codes, asker) => {
    const { staff: answer } = await asking.ask(document, {}, asker);
    expect(answer.__typename).toBe('QueryRefused');
    expect(answer.problems.map(({ code }: Json) => code)).toEqual(codes);
    expect(answer).toMatchObject({
      code: codes[0],
      message: answer.problems[0].message,
      path: answer.problems[0].path,
    });
    for (const { path, message } of answer.problems) {
      expect(path[0]).toBe('staff');
      expect(message).toMatch(/[.?]$/);
    }
    expect(answer.alternatives.length).toBeGreaterThan(0);
    for (const { query, description } of answer.alternatives) {
      const again = await asking.ask(query, {}, asker);
      expect(again.staff.__typename, description).toBe('StaffTable');
    }
  },
);

test('a name or a slip in a code is answered with the code that was most likely meant', async () => {
  const { label } = (await asking.ask('{ organisation(code: "RAA") { label } }')).organisation;
  for (const written of [label, label.toUpperCase(), `${label}s`]) {
    const { staff: answer } = await asking.ask(staff(`(where: { organisation: [${JSON.stringify(written)}] })`));
    expect(answer.message).toContain('Did you mean “RAA”');
    expect(answer.alternatives[0].description).toBe('Write RAA for organisation.');
    expect((await asking.ask(answer.alternatives[0].query)).staff.rows[0].area.code).toBe('RAA');
  }
});

test('an alternative writes out the variables and fragments of the question, so it runs as it is', async () => {
  const { staff: answer } = await asking.ask(
    `query Board($bands: [Band!], $by: [Dimension!], $show: Boolean!) { first: staff(by: $by, where: { band: $bands }) { ...table ${refusal} } staff(by: $by, where: { band: $bands }) { ...table ${refusal} } }
     fragment table on StaffTable { rows { headcount @include(if: $show) { display } } }`,
    { bands: ['BAND_3'], by: ['ORGANISATION', 'PROFESSION'], show: true },
  );
  for (const { query } of answer.alternatives) {
    expect(query).not.toContain('$');
    expect((await asking.ask(query)).staff.rows[0].headcount.display).toMatch(/^[\d,]+$|^\[/);
  }
});

test('a request that would be made of too many cells is refused with a smaller one', async () => {
  const many = Array.from(
    { length: 14 },
    (_, i) =>
      `a${i}: staff(by: [SYSTEM, PROFESSION, BAND], period: { last: { count: 5 } }) { __typename ... on StaffTable { cost } ${refusal} }`,
  );
  const answer = await asking.ask(`{ ${many.join(' ')} }`);
  const parts = Object.values(answer) as Json[];
  const spent = parts.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  expect(spent).toBeLessThanOrEqual(5000);
  const last = parts.find(({ __typename }) => __typename === 'QueryRefused');
  expect(last.code).toBe('TOO_MANY_CELLS');
  expect((await asking.ask(last.alternatives[0].query)).staff.__typename).toBe('StaffTable');
});

test('a refusal is the same whether there is nothing or too little: it is decided from what is published alone', async () => {
  const ask = async (organisation: string) =>
    (
      await asking.ask(
        staff(`(where: { organisation: ["${organisation}"], profession: [PHYSIOTHERAPY], band: [BAND_2] })`),
      )
    ).staff;
  const [large, small] = [await ask('RAA'), await ask('NI-G')];
  expect({ ...small, alternatives: [] }).toEqual({ ...large, alternatives: [] });
});
