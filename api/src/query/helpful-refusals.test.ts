import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

let api: Asking;
beforeAll(async () => {
  api = await startAsking();
});
afterAll(() => api.close());

const refused =
  '... on QueryRefused { problems { code message } alternatives { description query changes figures shown sample } }';
const fields: Record<string, string> = {
  staff: 'headcount { status display } supportShare { status display }',
  turnover: 'leavers { status display } leaverRate { status display }',
};
const ask = async (subject: string, args: string, measures = fields[subject]!): Promise<Json> => {
  const type = `${subject[0]!.toUpperCase()}${subject.slice(1)}Table`;
  return (await api.ask(`{ ${subject}${args} { ... on ${type} { rows { area { code } ${measures} } } ${refused} } }`))[
    subject
  ]!;
};
const shownIn = ({ rows }: Json) =>
  rows
    .flatMap(({ area: _, ...figures }: Json) => Object.values(figures))
    .filter(({ status }: any) => status === 'OK' || status.startsWith('LOW')).length;

test('over 300 random questions every alternative is a question whose answer holds the figures that it speaks of', async () => {
  const some = (values: readonly string[], most: number) =>
    fc.subarray([...values], { maxLength: most }).map((list) => `[${list.join(', ')}]`);
  const question = fc.record({
    subject: fc.constantFrom('staff', 'turnover'),
    by: some(
      ['ORGANISATION', 'NATION', 'REGION', 'SYSTEM', 'BAND', 'PROFESSION', 'SEX', 'ETHNIC_GROUP', 'LEAVING_REASON'],
      4,
    ),
    where: fc.constantFrom(
      '',
      'where: { organisation: ["RBB"] }',
      'where: { organisation: ["RXX"] }',
      'where: { system: ["QHL"] }',
      'where: { region: ["Y60"], band: [BAND_3] }',
    ),
    period: fc.constantFrom(
      '',
      'period: { last: { count: 2, grain: MONTH } }',
      'period: { last: { count: 3, grain: QUARTER } }',
      'period: { at: { end: "1999-03", grain: YEAR } }',
    ),
    compare: fc.constantFrom(
      '',
      'compare: { region: true }',
      'compare: { uk: true }',
      'compare: { peers: KIND }',
      'compare: { nation: true }',
    ),
  });
  const tally = { refusals: 0, alternatives: 0, without: 0 };
  await fc.assert(
    fc.asyncProperty(question, async ({ subject, by, where, period, compare }) => {
      const answer = await ask(subject, `(${[`by: ${by}`, where, period, compare].join(' ')})`);
      if (!answer.problems) return;
      tally.refusals += 1;
      if (answer.alternatives.length === 0) tally.without += 1;
      for (const { query, shown, figures, sample, changes, description } of answer.alternatives) {
        tally.alternatives += 1;
        const table = (await api.ask(query))[subject]!;
        expect(table.problems).toBeUndefined();
        expect(shown).toBeGreaterThan(0);
        expect(figures).toBeGreaterThanOrEqual(shown);
        expect(shownIn(table)).toBe(shown);
        expect(sample).toMatch(/: .+ \(.+\)$/);
        expect(description.toLowerCase()).toContain(changes.at(-1).toLowerCase());
      }
    }),
    { numRuns: 300, seed: 12 },
  );
  expect(tally.refusals).toBeGreaterThan(100);
  expect(tally.without / tally.refusals).toBeLessThan(0.05);
});

describe('a question that no figure can answer is refused with the reason', () => {
  test.each<[string, string, string, RegExp]>([
    ['training', '', 'appraisalRate { status display }', /^Appraisal rate is not in this release/],
    ['turnover', '', 'leavingReasonShare { status display }', /^.+ is a share by .+: split the answer by it\.$/],
    ['equity', '', 'representation { status display }', /^.+ is a share by .+: split the answer by it\.$/],
  ])('%s%s { %s }', async (subject, args, measures, message) => {
    const { problems, alternatives } = await ask(subject, args, measures);
    expect(problems).toEqual([{ code: 'NO_FIGURE', message: expect.stringMatching(message) }]);
    for (const { shown } of alternatives) expect(shown).toBeGreaterThan(0);
  });

  test('and one with a single figure that can be there is answered, the others marked', async () => {
    const { rows } = await ask('training', '', 'appraisalRate { status } headcount { status }');
    expect(rows[0]).toMatchObject({ appraisalRate: { status: 'NOT_AVAILABLE' }, headcount: { status: 'OK' } });
  });
});

describe('places beside their wider area', () => {
  test('an organisation is compared with its region and its system', async () => {
    for (const [name, label] of [
      ['region', 'Midlands'],
      ['system', 'Birmingham and Solihull'],
    ]) {
      const { rows } = await ask(
        'staff',
        `(where: { organisation: ["RAA"] }, compare: { ${name}: true })`,
        'headcount { comparison { comparator } }',
      );
      expect(rows[0].headcount.comparison.comparator).toBe(label);
    }
  });

  test.each([
    ['nation: true', 'where: { nation: [WALES] }', 'A nation is not compared with itself'],
    ['england: true', 'where: { nation: [ENGLAND] }', 'England is not compared with itself'],
    ['region: true', 'where: { organisation: ["7A5"] }', 'Elm Health Board lies in no region'],
  ])('%s of %s is refused with what to ask instead', async (compare, where, message) => {
    const { problems } = await ask('staff', `(${where}, compare: { ${compare} })`);
    expect(problems[0]).toMatchObject({ code: 'NOT_COMPARABLE', message: expect.stringContaining(message) });
  });
});
