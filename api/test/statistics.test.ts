import { logLogLimits } from '@ahp/sql/statistics/log-log-limits';
import { seededRandom } from '@ahp/sql/statistics/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseOf, type CellsRelease, type TestCell } from './cells-release.ts';

const years = ['2025-03-31', '2026-03-31'];
const at = (
  set: string,
  end: string,
  codes: readonly string[],
  tally: string,
  value: number,
  level: TestCell['level'] = 'uk',
  area = 'uk',
): TestCell => ({
  set,
  grain: 'year',
  level,
  area,
  end,
  codes,
  tally,
  value,
});

const starts = [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 48];
const elapsed = (from: number) => `elapsed_${String(from).padStart(2, '0')}`;

/** 100 people followed through every interval of a year; 10 leave in each, one becomes registered in the fifth; four remain at 24 months. */
const retention = years.flatMap((end) =>
  starts.flatMap((from) => {
    const width = from < 36 ? 3 : 12;
    const people = from < 24 ? 100 : 4;
    const cell = (tally: string, value: number) => at('elapsed', end, [elapsed(from)], tally, value);
    return [
      cell('at_risk', people),
      cell('exposure_months', people * width),
      cell('exits_left', from < 24 ? 10 : 0),
      cell('exits_registered', from === 12 ? 1 : 0),
    ];
  }),
);
const byEthnicGroup: [string, number, number][] = [
  ['white', 4000, 780],
  ['asian', 480, 60],
  ['black', 205, 40],
  ['mixed', 20, 4],
  ['unknown', 100, 20],
];
const ladder: [string, string, number][] = [
  ['band_2', 'white', 900],
  ['band_3', 'white', 450],
  ['band_4', 'white', 400],
  ['band_5', 'white', 100],
  ['band_2', 'asian', 300],
  ['band_3', 'asian', 120],
  ['band_4', 'asian', 100],
  ['band_5', 'asian', 25],
];
const fairness = [
  ...byEthnicGroup.flatMap(([code, people, ups]) => [
    at('ethnic_group', years[1]!, [code], 'headcount_start', people),
    at('ethnic_group', years[1]!, [code], 'headcount', people),
    at('ethnic_group', years[1]!, [code], 'band_up', ups),
  ]),
  ...ladder.map(([band, group, people]) => at('band+ethnic_group', years[1]!, [band, group], 'headcount', people)),
];
const moves: [string, string, number][] = [
  ['band_2', 'band_2', 80],
  ['band_2', 'band_3', 10],
  ['band_2', 'left', 10],
  ['band_3', 'band_3', 45],
  ['band_3', 'left', 5],
];
const stocks: [string, number, number, number][] = [
  ['band_2', 100, 100, 20],
  ['band_3', 50, 60, 5],
];
const flows = [
  ...moves.map(([from, to, people]) => at('band+to_state', years[1]!, [from, to], 'transitions', people)),
  ...stocks.flatMap(([band, before, after, joiners]) => [
    at('band', years[0]!, [band], 'headcount', before),
    at('band', years[1]!, [band], 'headcount', after),
    at('band', years[1]!, [band], 'headcount_start', before),
    at('band', years[1]!, [band], 'joiners_support', joiners),
    at('band', years[1]!, [band], 'leavers_support', 1),
  ]),
  ...[
    ['band_2', 80],
    ['band_3', 55],
    ['left', 15],
  ].map(([to, people]) => at('to_state', years[1]!, [to as string], 'transitions', people as number)),
  at('', years[1]!, [], 'headcount_start', 150),
  at('', years[0]!, [], 'headcount', 150),
  at('', years[1]!, [], 'headcount', 160),
];

/** 100 people seen from joining: in every quarter of the first year 5 step up, 2 register and 10 leave; the rest wait. */
const firstSteps = [0, 3, 6, 9, 12].flatMap((from, i) => {
  const people = 100 - 17 * i;
  const cell = (tally: string, value: number) => at('elapsed', years[1]!, [elapsed(from)], tally, value);
  return i === 4
    ? [cell('unstepped', 4), cell('unstepped_months', 12)]
    : [
        cell('unstepped', people),
        cell('unstepped_months', people * 3),
        cell('first_steps', 5),
        cell('unstepped_registered', 2),
        cell('unstepped_left', 10),
      ];
});
const stages: [string, string, number][] = [
  ['support_worker', 'support_worker', 70],
  ['support_worker', 'senior_support_worker', 20],
  ['support_worker', 'apprentice', 10],
];
const stageMoves = [
  ...stages.map(([from, to, people]) => at('stage+to_stage', years[1]!, [from, to], 'transitions', people)),
  at('stage', years[1]!, ['support_worker'], 'headcount_start', 100),
];

describe('statistics of a release with exact counts', () => {
  let release: CellsRelease;
  beforeAll(async () => {
    release = await releaseOf([...retention, ...fairness, ...flows, ...firstSteps, ...stageMoves]);
  });
  afterAll(() => release.close());

  test('a retention curve is the life table of its intervals, and its exits and those who stay add up to everybody', async () => {
    const { survival } = await release.ask(
      '{ survival { ... on SurvivalTable { curves { stoppedAt stopReason points { elapsed atRisk { value } survival { value interval { lower upper } } leftIncidence { value } registeredIncidence { value } } at12 { value } at36 { value status } medianMonths { value display } } } } }',
    );
    const [curve] = survival.curves;
    expect(curve.at12.value).toBeCloseTo((1 - 10 / 300) ** 12, 12);
    expect(curve.points.map((point: any) => point.elapsed)).toEqual([3, 6, 9, 12, 15, 18, 21, 24]);
    expect(curve.points[0].atRisk.value).toBe(200);
    for (const { survival, leftIncidence, registeredIncidence } of curve.points)
      expect(survival.value + leftIncidence.value + registeredIncidence.value).toBeCloseTo(1, 12);
    const [lower, upper] = logLogLimits((1 - 10 / 300) ** 3, (9 * 20) / (600 * 580))!;
    expect(curve.points[0].survival.interval.lower).toBeCloseTo(lower, 12);
    expect(curve.points[0].survival.interval.upper).toBeCloseTo(upper, 12);
    expect(curve.stoppedAt).toBe(24);
    expect(curve.stopReason).toContain('fewer than 10');
    expect(curve.at36).toEqual({ value: null, status: 'CONFIDENTIAL' });
    // (29/30)^20 is 0.508 and with the one who became registered the curve crosses one half at 21 months.
    expect(curve.medianMonths.value).toBe(21);
  });

  test('protection of the counts widens the interval of a curve and leaves the curve as it is', async () => {
    const noisy = await releaseOf(retention, { v: 6.25 });
    const question = '{ survival { ... on SurvivalTable { curves { at12 { value interval { lower upper } } } } } }';
    const [exact, changed] = [await release.ask(question), await noisy.ask(question)].map(
      ({ survival }) => survival.curves[0].at12,
    );
    await noisy.close();
    expect(changed.value).toBe(exact.value);
    expect(changed.interval.lower).toBeLessThan(exact.interval.lower);
    expect(changed.interval.upper).toBeGreaterThan(exact.interval.upper);
  });

  test('who moves up, registers or leaves first and who waits add up to everybody, by Aalen and Johansen', async () => {
    const { timeToStep } = await release.ask(
      '{ timeToStep { ... on TimeToStepTable { curves { stoppedAt statement points { elapsed steppedUp { value interval { lower upper } } registered { value } left { value } waiting { value } } by12 { value } by24 { status display } monthsToTenth { value } } } } }',
    );
    const [curve] = timeToStep.curves;
    expect(curve.points.map(({ elapsed }: any) => elapsed)).toEqual([3, 6, 9, 12]);
    // A month of the first quarter: of 100, 5/3 step up and 17/3 go in all.
    const month = 1 - 17 / 300;
    expect(curve.points[0].steppedUp.value).toBeCloseTo((5 / 300) * (1 + month + month ** 2), 12);
    for (const { steppedUp, registered, left, waiting } of curve.points) {
      expect(steppedUp.value + registered.value + left.value + waiting.value).toBeCloseTo(1, 12);
      expect(steppedUp.interval.lower).toBeLessThan(steppedUp.value);
      expect(steppedUp.interval.upper).toBeGreaterThan(steppedUp.value);
    }
    expect(curve.by12.value).toBe(curve.points[3].steppedUp.value);
    expect(curve.by24).toEqual({ status: 'CONFIDENTIAL', display: '[c]' });
    const [before, after] = [5, 6].map((month) => curve.points[Math.ceil(month / 3) - 1].steppedUp.value);
    expect(before).toBeLessThanOrEqual(after);
    expect(curve.monthsToTenth.value).toBeGreaterThan(6);
    expect(curve.monthsToTenth.value).toBeLessThanOrEqual(12);
  });

  test('moves from stages lead to stages, an apprenticeship, registration, leave or out', async () => {
    const { flows } = await release.ask(
      '{ flows(from: STAGE) { ... on FlowsTable { years { states { code } rows { cells { to { code } share { value } } } } } } }',
    );
    const [year] = flows.years;
    expect(year.states.map(({ code }: any) => code)).toEqual(['support_worker', 'senior_support_worker', 'apprentice']);
    expect(year.rows[0].cells.map(({ share }: any) => share.value)).toEqual([0.7, 0.2, 0.1]);
  });

  test('a curve cannot be asked for without some of its intervals, and the alternative works', async () => {
    const { survival } = await release.ask(
      '{ survival(where: { elapsed: ["elapsed_03"] }) { ... on QueryRefused { code path alternatives { description query } } ... on SurvivalTable { cost } } }',
    );
    expect(survival).toMatchObject({ code: 'NOT_PUBLISHED', path: ['survival', 'where', 'elapsed'] });
    const again = await release.ask(survival.alternatives[0].query);
    expect(again.survival.cost).toBeGreaterThan(0);
  });

  test('a dimension that is not published is refused under the name of the root field', async () => {
    const { survival, flows, fairness } = await release.ask(`{
      survival(by: SEX) { ... on QueryRefused { code path alternatives { query } } }
      flows(from: PROFESSION) { ... on QueryRefused { code path } }
      fairness(characteristic: DISABILITY) { ... on QueryRefused { code path } } }`);
    expect(survival).toMatchObject({ code: 'NOT_PUBLISHED', path: ['survival', 'by'] });
    expect(survival.alternatives).toHaveLength(1);
    expect(flows).toMatchObject({ code: 'NOT_PUBLISHED', path: ['flows', 'by'] });
    expect(fairness).toMatchObject({ code: 'NOT_PUBLISHED', path: ['fairness', 'by'] });
  });

  test('a transition matrix has the counts, Wilson shares of the row, links, and everybody in it', async () => {
    const { flows } = await release.ask(
      '{ flows { ... on FlowsTable { years { states { code } rows { from { code } start { value } cells { to { code } people { value } share { value interval { lower upper } } } } links { source target people { value } } balance { difference { value } withinNoise } } } } }',
    );
    const [year] = flows.years;
    expect(year.states.map(({ code }: any) => code)).toEqual(['band_2', 'band_3', 'left']);
    const [row] = year.rows;
    expect(row.start.value).toBe(100);
    expect(row.cells.map(({ people }: any) => people.value)).toEqual([80, 10, 10]);
    expect(row.cells[2].share.value).toBeCloseTo(0.1, 12);
    expect(row.cells[2].share.interval.lower).toBeCloseTo(0.05522914, 7);
    expect(row.cells[2].share.interval.upper).toBeCloseTo(0.17436566, 7);
    expect(year.links).toContainEqual({ source: 'from:band_2', target: 'to:band_3', people: { value: 10 } });
    expect(year.links).toHaveLength(5);
    expect(year.balance).toEqual({ difference: { value: 0 }, withinNoise: true });
  });

  test('a relative likelihood is that of the WRES vector, in words and flagged only when band and interval agree', async () => {
    const { fairness } = await release.ask(
      '{ fairness { ... on FairnessTable { direction reference { code } disclosure { value } rows { group { code } isUnion representation { value } rate { value } relativeLikelihood { value status display interval { lower upper } } gap { value display } fourFifths flagged verdict statement } ladder { label rows { group { code } disparityRatio { value interval { lower } } benchmark { value } flagged } } dissimilarity { index { value } reference { pValue draws seed } } } } }',
    );
    const row = (code: string) => fairness.rows.find(({ group }: any) => group.code === code);
    expect(fairness.reference.code).toBe('white');
    expect(fairness.direction).toContain('above 1, the named group is worse off');
    expect(row('asian').relativeLikelihood.value).toBeCloseTo(1.56, 12);
    expect(row('asian').relativeLikelihood.interval.lower).toBeCloseTo(1.221116639, 8);
    expect(row('asian').relativeLikelihood.interval.upper).toBeCloseTo(1.9929300136, 8);
    expect(row('asian')).toMatchObject({ fourFifths: 'ABOVE', flagged: true, verdict: 'WORSE_OFF' });
    expect(row('asian').statement).toContain('worse off than white staff');
    expect(row('asian').gap.value).toBeCloseTo(-0.07, 12);
    expect(row('asian').relativeLikelihood.display).toBe('1.56');
    expect(row('black')).toMatchObject({ flagged: false, verdict: 'NO_CLEAR_DIFFERENCE' });
    expect(row('black').statement).toContain('no clear difference');
    expect(row('mixed').relativeLikelihood).toMatchObject({ value: null, status: 'CONFIDENTIAL' });
    expect(row('unknown').verdict).toBe('NOT_COMPARABLE');
    expect(row('bme')).toMatchObject({ isUnion: true, rate: { value: 104 / 705 } });
    expect(fairness.disclosure.value).toBeCloseTo(4705 / 4805, 12);
    const [step] = fairness.ladder;
    expect(step.label).toBe('Band 2 → band 3');
    expect(step.rows.find(({ group }: any) => group.code === 'asian')).toMatchObject({
      disparityRatio: { value: 1.25 },
      benchmark: null,
      flagged: false,
    });
    expect(fairness.dissimilarity.reference).toMatchObject({ draws: 999, seed: 1 });
  });

  test('official figures stand beside the ladder of bands where the release has them, and are never mixed with it', async () => {
    const counts: [string, string, number][] = [
      ['band_2', 'white', 1000],
      ['band_3', 'white', 500],
      ['band_2', 'asian', 400],
      ['band_3', 'asian', 100],
    ];
    const official = counts.map(([band, group, value]): TestCell => ({
      set: 'band+ethnic_group+staff_group',
      grain: 'quarter',
      level: 'nation',
      area: 'england',
      end: '2025-12-31',
      codes: [band, group, 'support_to_st_and_t_staff'],
      tally: 'headcount',
      value,
    }));
    const beside = await releaseOf(fairness, { official });
    const { fairness: answer } = await beside.ask(
      '{ fairness { ... on FairnessTable { ladder { label rows { group { code } disparityRatio { value } benchmark { value } } } } } }',
    );
    await beside.close();
    const row = answer.ladder[0].rows.find(({ group }: any) => group.code === 'asian');
    expect(row).toMatchObject({ disparityRatio: { value: 1.25 }, benchmark: { value: 2 } });
  });

  test('groups are not compared by a characteristic that is known for fewer than 60 % of people, and the answer says why', async () => {
    const asked = `{ fairness { ... on FairnessTable { statement disclosure { value display } warnings { code message }
      rows { group { code } isUnknown isReference rate { status } relativeLikelihood { value status } gap { value status } fourFifths flagged verdict statement }
      ladder { rows { disparityRatio { value status } flagged statement } } dissimilarity { index { value status } statement } } } }`;
    // 4,705 people are known.
    const compared = async (unknown: number) => {
      const changed = fairness.map((cell) =>
        cell.codes?.join() === 'unknown' && cell.tally !== 'band_up' ? { ...cell, value: unknown } : cell,
      );
      const beside = await releaseOf(changed);
      const { fairness: answer } = await beside.ask(asked);
      await beside.close();
      return answer;
    };
    const few = await compared(3200);
    const why = 'ethnic group is known for 59.5% of people, and groups are compared from 60.0% on';
    expect(few.disclosure.value).toBeCloseTo(4705 / 7905, 12);
    expect(few.statement).toContain(`not compared, because ${why}.`);
    expect(few.warnings).toContainEqual({ code: 'LOW_DISCLOSURE', message: `No group is compared: ${why}.` });
    for (const row of few.rows.filter(({ isUnknown, isReference }: any) => !isUnknown && !isReference)) {
      expect(row).toMatchObject({ verdict: 'NOT_COMPARABLE', flagged: false, fourFifths: null });
      for (const figure of [row.relativeLikelihood, row.gap]) {
        expect(figure.value).toBeNull();
        expect(figure.status).toBe(row.rate.status === 'CONFIDENTIAL' ? 'CONFIDENTIAL' : 'NOT_AVAILABLE');
      }
      expect(row.statement).toContain(`not compared, because ${why}.`);
      expect(row.rate.status).not.toBe('NOT_AVAILABLE');
    }
    const steps = few.ladder.flatMap(({ rows }: any) => rows);
    expect(steps.filter(({ disparityRatio, flagged }: any) => disparityRatio.value !== null || flagged)).toEqual([]);
    expect(steps.filter(({ statement }: any) => statement.includes(why)).length).toBe(steps.length);
    expect(few.dissimilarity).toEqual({
      index: { value: null, status: 'NOT_AVAILABLE' },
      statement: `Not shown: ${why}.`,
    });

    const enough = await compared(3100);
    expect(enough.warnings.map(({ code }: any) => code)).not.toContain('LOW_DISCLOSURE');
    expect(enough.rows.find(({ group }: any) => group.code === 'asian')).toMatchObject({ verdict: 'WORSE_OFF' });
  });

  test('the reference group may be chosen, and a code that is none is refused', async () => {
    const { chosen, refused } = await release.ask(`{
      chosen: fairness(reference: "asian") { ... on FairnessTable { reference { code } rows { group { code } relativeLikelihood { value } } } }
      refused: fairness(reference: "green") { ... on QueryRefused { code path alternatives { query } } } }`);
    expect(chosen.reference.code).toBe('asian');
    expect(chosen.rows.find(({ group }: any) => group.code === 'white').relativeLikelihood.value).toBeCloseTo(
      1 / 1.56,
      12,
    );
    expect(refused).toMatchObject({ code: 'UNKNOWN_CATEGORY', path: ['fairness', 'reference'] });
    expect((await release.ask(refused.alternatives[0].query)).fairness).toBeDefined();
  });

  test('what only official figures tell is in the scorecard with its source, and compared with nothing of ours', async () => {
    const official = [
      ['R00', 6400],
      ['R01', 7000],
    ].flatMap(([area, score]): TestCell[] =>
      [
        ['score', Number(score)],
        ['score_base', 1],
      ].map(([tally, value]) => ({
        set: 'survey_theme',
        grain: 'year',
        level: 'organisation',
        area: String(area),
        end: '2025-03-31',
        codes: ['pp3_voice_counts'],
        tally: String(tally),
        value: Number(value),
      })),
    );
    // An employer that is in no survey takes nothing away from those that are.
    const elsewhere = at('', years[1]!, [], 'headcount', 50, 'organisation', 'R09');
    const beside = await releaseOf([...flows, elsewhere], { official, feed: 'people_promise' });
    const { scorecard } = await beside.ask(
      '{ scorecard { ... on Scorecard { asks { id covered rows { measure { id } change statement figure { value } } } } } }',
    );
    await beside.close();
    const voice = scorecard.asks
      .find(({ id }: any) => id === 'voice')
      .rows.filter(({ figure }: any) => figure.value !== null);
    expect(voice).toEqual([
      expect.objectContaining({
        measure: { id: 'voice_that_counts' },
        change: 'NOT_COMPARABLE',
        figure: { value: expect.closeTo(6.7, 9) },
      }),
    ]);
    expect(voice[0].statement).toContain('official figures');
  });

  test('a projection without change continues the year it was fitted to, keeps everybody, and repeats with its seed', async () => {
    const question =
      '{ projection(years: 2) { ... on ProjectionTable { isBaseline years { label total { value flags interval { lower upper } } conserved states { state { code } people { value } } } } } }';
    const { projection } = await release.ask(question);
    expect(projection.isBaseline).toBe(true);
    const [first] = projection.years;
    expect(first.label).toBe('2026/27');
    expect(first.states.map(({ people }: any) => people.value)).toEqual([
      expect.closeTo(100, 9),
      expect.closeTo(10 + 0.9 * 60 + 5, 9),
    ]);
    expect(first.total.flags).toEqual(['FORECAST']);
    expect(projection.years.every(({ conserved }: any) => conserved)).toBe(true);
    expect((await release.ask(question)).projection).toEqual(projection);
  });

  test('a scenario moves the projection the way it says, and impossible ones are refused', async () => {
    const { fewer, more, refused } = await release.ask(`{
      fewer: projection(scenario: { leavers: 0 }) { ... on ProjectionTable { isBaseline years { total { value } leavers { value } conserved } baseline { total { value } } } }
      more: projection(scenario: { progression: 3 }) { ... on ProjectionTable { years { total { value } states { people { value } } conserved } baseline { total { value } states { people { value } } } } }
      refused: projection(years: 11, scenario: { joiners: 9 }) { ... on QueryRefused { problems { code path } alternatives { query } } } }`);
    expect(fewer.isBaseline).toBe(false);
    expect(fewer.years[0].leavers.value).toBeCloseTo(0, 9);
    expect(fewer.years[4].total.value).toBeGreaterThan(fewer.baseline[4].total.value);
    expect(fewer.years.every(({ conserved }: any) => conserved)).toBe(true);
    expect(more.years[0].total.value).toBeCloseTo(more.baseline[0].total.value, 9);
    expect(more.years[0].states[1].people.value).toBeCloseTo(more.baseline[0].states[1].people.value + 20, 9);
    expect(refused.problems).toEqual([
      { code: 'OUT_OF_RANGE', path: ['projection', 'years'] },
      { code: 'OUT_OF_RANGE', path: ['projection', 'scenario', 'joiners'] },
    ]);
    expect((await release.ask(refused.alternatives[0].query)).projection).toBeDefined();
  });

  test('every root refuses a release that there is not, with the same question of the current one', async () => {
    const roots = [
      'survival',
      'timeToStep',
      'flows',
      'fairness',
      'standardised',
      'spc',
      'funnel',
      'signals',
      'scorecard',
      'projection',
    ];
    for (const root of roots) {
      const answer = await release.ask(
        `{ ${root}(release: "9.9.9") { ... on QueryRefused { code path alternatives { query } } } }`,
      );
      expect(answer[root]).toMatchObject({ code: 'UNKNOWN_RELEASE', path: [root, 'release'] });
      expect(answer[root].alternatives[0].query).toContain(root);
    }
  });
});

const quarters = Array.from(
  { length: 16 },
  (_, i) => `${2022 + Math.floor((i + 1) / 4)}-${['03-31', '06-30', '09-30', '12-31'][(i + 1) % 4]}`,
);

/** Organisations of 300 people by quarter and year; `rate` gives the share who leave in a quarter. */
function organisations(
  count: number,
  rate: (organisation: number, quarter: number) => number,
  random: () => number,
): TestCell[] {
  const people = 300;
  const drawn = (share: number) =>
    Array.from({ length: people }, () => Number(random() < share)).reduce((a, b) => a + b, 0);
  return Array.from({ length: count }, (_, o) => `R${String(o).padStart(2, '0')}`).flatMap((area, o) => [
    ...quarters.flatMap((end, q) => [
      {
        set: '',
        grain: 'quarter' as const,
        level: 'organisation' as const,
        area,
        end,
        tally: 'headcount',
        value: people,
      },
      {
        set: '',
        grain: 'quarter' as const,
        level: 'organisation' as const,
        area,
        end,
        tally: 'headcount_start',
        value: people,
      },
      {
        set: '',
        grain: 'quarter' as const,
        level: 'organisation' as const,
        area,
        end,
        tally: 'leavers_organisation',
        value: drawn(rate(o, q)),
      },
    ]),
    at('', years[1]!, [], 'headcount', people, 'organisation', area),
    at('', years[1]!, [], 'headcount_start', people, 'organisation', area),
    at('', years[1]!, [], 'leavers_organisation', drawn(Math.min(1, 4 * rate(o, 15))), 'organisation', area),
  ]);
}

describe('charts of organisations', () => {
  let release: CellsRelease;
  beforeAll(async () => {
    const random = seededRandom(7);
    const rate = (o: number, q: number) => (o === 3 && q >= 9 ? 0.09 : 0.03);
    release = await releaseOf(organisations(12, rate, random), { breaks: { [quarters[4]!]: 'Coding changed.' } });
  });
  afterAll(() => release.close());

  test('limits begin afresh at a break, and are on trial while there are fewer than twenty points', async () => {
    const { spc } = await release.ask(
      '{ spc(where: { organisation: ["R00"] }, target: 0.2) { ... on SpcChart { phases trial assurance points { phase limits { mean lower upper } figure { value } } } } }',
    );
    expect(spc.phases).toBe(2);
    expect(spc.trial).toBe(true);
    expect(spc.assurance).toBe('CONSISTENTLY_PASSES');
    const second = spc.points.filter(({ phase }: any) => phase === 2);
    expect(second).toHaveLength(12);
    const values = second.map(({ figure }: any) => figure.value);
    const mean = values.reduce((a: number, b: number) => a + b, 0) / 12;
    const ranges = values.slice(1).map((value: number, i: number) => Math.abs(value - values[i]));
    expect(second[0].limits.mean).toBeCloseTo(mean, 12);
    expect(second[0].limits.upper).toBeCloseTo(
      mean + (2.66 * ranges.reduce((a: number, b: number) => a + b, 0)) / 11,
      12,
    );
    expect(spc.points[0].limits.mean).not.toBeCloseTo(mean, 9);
  });

  test('yearly figures and stocks have no chart, and counts no funnel', async () => {
    const { spc, stock, funnel, few } = await release.ask(`{
      stock: spc(measure: HEADCOUNT, where: { organisation: ["R00"] }) { ... on QueryRefused { code path alternatives { query } } }
      spc(period: { last: { count: 5, grain: YEAR } }, where: { organisation: ["R00"] }) { ... on QueryRefused { code path } }
      funnel(measure: HEADCOUNT) { ... on QueryRefused { code path } }
      few: funnel(where: { organisation: ["R00", "R01"] }) { ... on QueryRefused { code message path alternatives { description } } } }`);
    expect(spc).toEqual({ code: 'NOT_COMPARABLE', path: ['spc', 'period'] });
    expect(stock).toMatchObject({ code: 'NOT_COMPARABLE', path: ['spc', 'measure'] });
    expect((await release.ask(stock.alternatives[0].query)).spc).toBeDefined();
    expect(funnel).toEqual({ code: 'NOT_COMPARABLE', path: ['funnel', 'measure'] });
    expect(few.message).toContain('at least 10 organisations');
    expect(few.alternatives.length).toBeGreaterThan(0);
  });

  test('a funnel flags the one organisation that is apart, with limits that widen for small ones', async () => {
    const { funnel } = await release.ask(
      '{ funnel { ... on FunnelPlot { organisations enough flagged points { area { code } flagged position variation adjustedP statement } curve { base lower95 upper95 overdispersedUpper95 } dispersion { statistic } } } }',
    );
    expect(funnel).toMatchObject({ organisations: 12, enough: true, flagged: 1 });
    const [apart] = funnel.points.filter(({ flagged }: any) => flagged);
    expect(apart).toMatchObject({ area: { code: 'R03' }, variation: 'CONCERN' });
    expect(apart.statement).toContain('higher than');
    for (const { upper95, overdispersedUpper95 } of funnel.curve)
      expect(overdispersedUpper95).toBeGreaterThanOrEqual(upper95);
  });

  test('the signals are of that organisation alone, and say in words what changed and when', async () => {
    const { signals } = await release.ask(
      '{ signals(measures: [LEAVER_RATE]) { ... on SignalsTable { screened signals { area { code } kind severity variation rule statement } } } }',
    );
    expect(signals.screened).toBe(24);
    expect(new Set(signals.signals.map(({ area }: any) => area.code))).toEqual(new Set(['R03']));
    expect(signals.signals.map(({ kind }: any) => kind).sort()).toEqual(['FUNNEL', 'SPC']);
    expect(signals.signals.find(({ kind }: any) => kind === 'SPC').statement).toMatch(/rose from about \d.*to about/);
  });
});

describe.each([
  ['exact counts', 0],
  ['counts with the noise of the public', 6.25],
])('among organisations in control, with %s', (_, v) => {
  const screens = 15;
  const size = 20;
  let release: CellsRelease;
  beforeAll(async () => {
    const random = seededRandom(v === 0 ? 1 : 2);
    // Twelve uniform draws are nearly normal: noise of variance v, as whole numbers, never below 0.
    const noise = () => Math.sqrt(v) * (Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, 0) - 6);
    const cells = organisations(screens * size, () => 0.035, random).map((cell) =>
      cell.tally === 'leavers_organisation' ? { ...cell, value: Math.max(0, Math.round(cell.value + noise())) } : cell,
    );
    release = await releaseOf(cells, { v });
  });
  afterAll(() => release.close());

  test('screens that list anything at all are as rare as stated: one in twenty', async () => {
    let [alarms, listed, charts] = [0, 0, 0];
    for (let screen = 0; screen < screens; screen++) {
      const names = Array.from({ length: size }, (_, i) => `"R${String(screen * size + i).padStart(2, '0')}"`);
      const { signals } = await release.ask(
        `{ signals(measures: [LEAVER_RATE], where: { organisation: [${names.join(', ')}] }) { ... on SignalsTable { signalCount screened } } }`,
      );
      alarms += Number(signals.signalCount > 0);
      listed += signals.signalCount;
      charts += signals.screened;
    }
    console.log(
      `in control: ${listed} false signals among ${charts} charts and comparisons; ${alarms} of ${screens} screens list any`,
    );
    expect(charts).toBe(screens * size * 2);
    // With a false discovery rate of 5 % and nothing to be found, one screen in twenty lists something: of 15, more than 3 has a chance of 1 in 180.
    expect(alarms).toBeLessThanOrEqual(3);
  }, 240_000);
});
