import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

let asking: Asking;
const ask = (...question: Parameters<Asking['ask']>) => asking.ask(...question);
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const trusted = { audience: 'trusted', organisations: [] } as const;
const own = { audience: 'own', organisations: ['RCC'] } as const;
const staff = (args: string, rows: string) =>
  `{ staff${args} { ... on StaffTable { groupCount rowCount cost rows { ${rows} } warnings { code } } ... on QueryRefused { message } } }`;
const turnover = (args: string, rows: string) =>
  `{ turnover${args} { ... on TurnoverTable { rows { ${rows} } warnings { code } } ... on QueryRefused { message } } }`;

describe('what is added up', () => {
  test('a filter on several categories is the sum of its cells, and says how many', async () => {
    const rows = 'headcount { value noise { cells sd } }';
    const one = async (band: string) =>
      (await ask(staff(`(where: { nation: [WALES], band: [${band}] })`, rows))).staff.rows[0].headcount;
    const [two, three, both] = [await one('BAND_2'), await one('BAND_3'), await one('BAND_2, BAND_3')];
    expect(both.value).toBe(two.value + three.value);
    expect(both.noise.cells).toBe(2);
    expect(both.noise.sd).toBeCloseTo(two.noise.sd * Math.SQRT2, 12);
  });

  test('the order and the repetition of the categories of a filter change nothing', async () => {
    const rows = 'headcount { value noise { cells } }';
    const a = await ask(staff('(where: { nation: [WALES], band: [BAND_2, BAND_3] })', rows));
    const b = await ask(staff('(where: { band: [BAND_3, BAND_2, BAND_3], nation: [WALES, WALES] })', rows));
    expect(b.staff.rows).toEqual(a.staff.rows);
  });

  test('several areas without a split are one place with all their names', async () => {
    const { staff: table } = await ask(
      staff('(where: { nation: [WALES, SCOTLAND] })', 'area { code label level } headcount { value noise { cells } }'),
    );
    const { staff: apart } = await ask(
      staff('(by: [NATION], where: { nation: [WALES, SCOTLAND] })', 'headcount { value }'),
    );
    expect(table.rows[0].area).toEqual({ code: 'scotland+wales', label: 'Scotland and Wales', level: 'NATION' });
    expect(table.rows[0].headcount.value).toBe(apart.rows[0].headcount.value + apart.rows[1].headcount.value);
    expect(table.rows[0].headcount.noise.cells).toBe(2);
  });

  test('a coarser filter narrows a finer level, and both geographies are told', async () => {
    const { staff: table } = await ask(
      staff(
        '(by: [REGION, ORGANISATION], where: { region: ["Y60"] })',
        'area { code nation { code } region { code } system { code } }',
      ),
    );
    expect(table.rows.map(({ area }: Json) => area)).toEqual([
      { code: 'RAA', nation: { code: 'england' }, region: { code: 'Y60' }, system: { code: 'QHL' } },
      { code: 'RBB', nation: { code: 'england' }, region: { code: 'Y60' }, system: { code: 'QHL' } },
    ]);
  });

  test('a total comes from a cell of its own, with the noise of one cell', async () => {
    const { staff: table } = await ask(
      staff('(by: [NATION], totals: true)', 'isTotal area { code } headcount { value noise { cells } }'),
    );
    expect(table.rows.at(-1)).toMatchObject({
      isTotal: true,
      area: { code: 'uk' },
      headcount: { noise: { cells: 1 } },
    });
    expect(table.warnings.map(({ code }: Json) => code)).toContain('NOT_ADDITIVE');
  });

  test('“all other” is the rest, so the parts add up to the whole list', async () => {
    const rows = 'isRest profession { code } headcount { value }';
    const all = (await ask(staff('(by: [PROFESSION])', rows))).staff.rows;
    const top = (await ask(staff('(by: [PROFESSION], orderBy: [{ measure: HEADCOUNT }], first: 1, rest: true)', rows)))
      .staff.rows;
    const sum = (list: Json[]) => list.reduce((total, { headcount }) => total + (headcount.value ?? 0), 0);
    expect(top).toHaveLength(2);
    expect(top[0].profession.code).toBe('physiotherapy');
    expect(top[1]).toMatchObject({ isRest: true, profession: null });
    expect(sum(top)).toBe(sum(all));
  });
});

describe('what is not there', () => {
  test('an absent cell is zero where its category existed, and not applicable where it did not', async () => {
    const { staff: table } = await ask(
      staff('(by: [PROFESSION])', 'profession { code } headcount { value display status }'),
    );
    const of = (code: string) => table.rows.find(({ profession }: Json) => profession.code === code).headcount;
    expect(of('orthoptics')).toEqual({ value: 0, display: '0', status: 'OK' });
    expect(of('osteopathy')).toEqual({ value: null, display: '[z]', status: 'NOT_APPLICABLE' });
  });

  test('movements of an opening snapshot and reports that were not sent are not available', async () => {
    const opening = await ask(
      turnover('(period: { at: { end: "2025-03" } })', 'leavers { status display } headcount { status }'),
    );
    expect(opening.turnover.rows[0]).toEqual({
      leavers: { status: 'NOT_AVAILABLE', display: '[x]' },
      headcount: { status: 'OK' },
    });
    const missing = await ask(
      staff(
        '(by: [ORGANISATION], where: { nation: [NORTHERN_IRELAND] }, period: { range: { from: "2025-03", to: "2025-06" } })',
        'headcount { status }',
      ),
    );
    expect(missing.staff.rows.map(({ headcount }: Json) => headcount.status)).toEqual(['OK', 'NOT_AVAILABLE']);
  });

  test('an organisation that has closed is not applicable afterwards', async () => {
    const { staff: table } = await ask(
      staff('(where: { organisation: ["RDD"] }, period: { last: { count: 2 } })', 'headcount { status }'),
    );
    expect(table.rows.map(({ headcount }: Json) => headcount.status)).toEqual(['OK', 'NOT_APPLICABLE']);
  });

  test('a rate on fewer people than the minimum is confidential, and has no number at all', async () => {
    const rows =
      'leaverRate { value status display numerator denominator interval { lower } noise { sd } } headcountStart { value }';
    const { turnover: table } = await ask(
      turnover('(by: [NATION, PROFESSION, BAND], where: { nation: [NORTHERN_IRELAND] })', rows),
    );
    const small = table.rows.filter(
      ({ headcountStart }: Json) => headcountStart.value > 0 && headcountStart.value < 29,
    );
    expect(small.length).toBeGreaterThan(0);
    for (const { leaverRate } of small)
      expect(leaverRate).toEqual({
        value: null,
        status: 'CONFIDENTIAL',
        display: '[c]',
        numerator: null,
        denominator: null,
        interval: null,
        noise: null,
      });
  });

  test('an employer sees its own small cells withheld, exact ones as they are, and nobody else', async () => {
    const { staff: table } = await ask(
      staff('(by: [PROFESSION, BAND])', 'area { code } headcount { value status noise { sd } interval { lower } }'),
      {},
      own,
    );
    expect(new Set(table.rows.map(({ area }: Json) => area.code))).toEqual(new Set(['RCC']));
    const { staff: months } = await ask(
      staff('(by: [BAND], period: { last: { count: 1, grain: MONTH } })', 'headcount { value status noise { sd } }'),
      {},
      own,
    );
    expect(months.rows[0].headcount.noise).toBeNull();
  });
});

describe('what is withheld', () => {
  test('does not depend on which measures are selected', async () => {
    const question = '(by: [ORGANISATION, BAND, PROFESSION], period: { last: { count: 1, grain: YEAR } })';
    const alone = await ask(turnover(question, 'leavers { status }'));
    const together = await ask(
      turnover(
        question,
        'a: leavers { status } headcount { value } leaverRate { value } leaverRate2: leaverRate(method: NES_START) { value } joiners { value }',
      ),
    );
    expect(together.turnover.rows.map(({ a }: Json) => a.status)).toEqual(
      alone.turnover.rows.map(({ leavers }: Json) => leavers.status),
    );
  });

  test('does not depend on a filter either: a sparse table stays withheld cell by cell', async () => {
    const year = 'period: { last: { count: 1, grain: YEAR } }';
    const whole = await ask(
      staff(
        `(by: [ORGANISATION, ETHNIC_GROUP], ${year})`,
        'area { code } ethnicGroup { code } headcount { status value }',
      ),
    );
    const one = await ask(
      staff(
        `(by: [ORGANISATION], where: { ethnicGroup: [ASIAN] }, ${year})`,
        'area { code } headcount { status value }',
      ),
    );
    const asian = whole.staff.rows
      .filter(({ ethnicGroup }: Json) => ethnicGroup.code === 'asian')
      .map(({ area, headcount }: Json) => ({ area, headcount }));
    expect(one.staff.rows).toEqual(asian);
  });
});

describe('order and paging', () => {
  const everyone = '(by: [ORGANISATION], orderBy: [{ measure: HEADCOUNT }]';
  test('pages put together are the whole, in the same order, every time', async () => {
    const rows = 'area { code } headcount { value }';
    const whole = (await ask(staff(`${everyone})`, rows))).staff;
    const pages = [];
    for (let offset = 0; offset < whole.groupCount; offset += 2)
      pages.push(...(await ask(staff(`${everyone}, first: 2, offset: ${offset})`, rows))).staff.rows);
    expect(pages).toEqual(whole.rows);
    const values = whole.rows.map(({ headcount }: Json) => headcount.value).filter((value: unknown) => value !== null);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  test('a group keeps all its periods, so a top five is five lines', async () => {
    const { staff: table } = await ask(
      staff('(by: [NATION], period: { last: { count: 3 } }, first: 2)', 'area { code } period { end }'),
    );
    expect(table.rows.map(({ area, period }: Json) => `${area.code} ${period.end}`)).toEqual(
      ['england', 'northern_ireland'].flatMap((code) =>
        ['2025-09-30', '2025-12-31', '2026-03-31'].map((end) => `${code} ${end}`),
      ),
    );
    expect(table).toMatchObject({ groupCount: 4, rowCount: 12 });
  });

  test('withheld values come last whichever way the order goes', async () => {
    const ordered = async (direction: string) =>
      (
        await ask(
          turnover(
            `(by: [NATION, PROFESSION], orderBy: [{ measure: LEAVER_RATE, direction: ${direction} }])`,
            'leaverRate { value }',
          ),
        )
      ).turnover.rows.map(({ leaverRate }: Json) => leaverRate.value);
    for (const values of [await ordered('ASC'), await ordered('DESC')]) {
      const first = values.indexOf(null);
      expect(first).toBeGreaterThan(0);
      expect(values.slice(first).every((value: unknown) => value === null)).toBe(true);
    }
  });
});

describe('comparison', () => {
  test('with the period before it gives a difference, an interval and a verdict in words', async () => {
    const { turnover: table } = await ask(
      turnover(
        '(by: [NATION], compare: { previous: true })',
        'leaverRate { value comparison { comparator value difference { value display unit interval { lower upper } } verdict statement } }',
      ),
    );
    const [{ leaverRate }] = table.rows;
    expect(leaverRate.comparison.difference.value).toBeCloseTo(leaverRate.value - leaverRate.comparison.value, 12);
    expect(leaverRate.comparison).toMatchObject({
      comparator: 'October to December 2025',
      verdict: 'NO_CLEAR_DIFFERENCE',
    });
    expect(leaverRate.comparison.statement).toMatch(/^No clear difference from October to December 2025 \(/);
  });

  test('with the United Kingdom is refused where not all its nations make the figure in one way', async () => {
    const { staff: table } = await ask(
      staff(
        '(where: { nation: [ENGLAND] }, compare: { uk: true })',
        'ftePerHead { comparison { value verdict statement } }',
      ),
    );
    const { comparison } = table.rows[0].ftePerHead;
    expect(comparison).toMatchObject({
      verdict: 'NOT_COMPARABLE',
      statement: 'Not compared with United Kingdom: it holds nations whose figures are made in another way.',
    });
    expect(comparison.value).toBeGreaterThan(0.5);
  });

  test('with the nation compares rates, and counts not', async () => {
    const { turnover: table } = await ask(
      turnover(
        '(by: [REGION], compare: { nation: true })',
        'headcount { comparison { verdict } } leaverRate { comparison { comparator verdict } }',
      ),
    );
    expect(table.rows[0].headcount.comparison.verdict).toBe('NOT_COMPARABLE');
    expect(table.rows[0].leaverRate.comparison).toMatchObject({
      comparator: 'England',
      verdict: 'NO_CLEAR_DIFFERENCE',
    });
  });

  test('with peers leaves the organisation itself out', async () => {
    const { turnover: table } = await ask(
      turnover(
        '(where: { organisation: ["RAA"] }, compare: { peers: KIND })',
        'leaverRate { comparison { comparator value } }',
      ),
    );
    const { turnover: peers } = await ask(
      turnover('(where: { organisation: ["RBB", "RDD"] })', 'leaverRate { value }'),
    );
    expect(table.rows[0].leaverRate.comparison).toEqual({
      comparator: '2 peers',
      value: peers.rows[0].leaverRate.value,
    });
  });
});

describe('figures', () => {
  test('the arguments of a measure make figures of their own, under any name and through any fragment', async () => {
    const { turnover: table } = await ask(`query($skip: Boolean = true) {
      turnover { ...table }
    }
    fragment table on TurnoverTable { rows { ...row } }
    fragment row on TurnoverRow { england: leaverRate { numerator denominator } scotland: leaverRate(method: NES_TRUE) { numerator denominator } leavers @skip(if: $skip) { value } headcountStart { value } }`);
    const [{ england, scotland, headcountStart }] = table.rows;
    expect(scotland.denominator).toBe(headcountStart.value);
    expect(england.numerator).toBeGreaterThan(scotland.numerator);
    expect(table.rows[0]).not.toHaveProperty('leavers');
  });

  test('numbers are printed as in the UK, full-time equivalents in their own unit', async () => {
    const { staff: table } = await ask(staff('', 'headcount { value display } fte { value display }'));
    const [{ headcount, fte }] = table.rows;
    expect(headcount.display).toBe(headcount.value.toLocaleString('en-GB'));
    expect(fte.value).toBeCloseTo(headcount.value * 0.8, 9);
  });

  test('a figure of tallies that the release does not know is not available, and no fault', async () => {
    const { turnover: table } = await ask(
      turnover('(by: [NATION])', 'fteLeaverRate { status display } leavers { status }'),
    );
    expect(table.rows[0]).toEqual({
      fteLeaverRate: { status: 'NOT_AVAILABLE', display: '[x]' },
      leavers: { status: 'OK' },
    });
  });

  test('a share is of the total’s own cell, or of what is known; what is unknown has no share of that', async () => {
    const { staff: table } = await ask(
      staff(
        '(by: [BAND], where: { nation: [WALES] })',
        'band { code } headcount { value } bandShare { value denominator }',
      ),
    );
    const { staff: total } = await ask(staff('(where: { nation: [WALES] })', 'headcount { value }'));
    for (const { headcount, bandShare } of table.rows.slice(0, 3)) {
      expect(bandShare.denominator).toBe(total.rows[0].headcount.value);
      expect(bandShare.value).toBeCloseTo(headcount.value / bandShare.denominator, 12);
    }
  });

  test('a share looks up the categories that the answer is not split by', async () => {
    const equity = (args: string, figure: string) =>
      `{ equity${args} { ... on EquityTable { rows { ethnicGroup { code } headcount { value } ${figure} } } } }`;
    const { equity: table } = await ask(
      equity('(by: [BAND], where: { nation: [WALES] })', 'bmeShare { value numerator denominator noise { cells } }'),
    );
    const { equity: parts } = await ask(
      equity('(by: [BAND, ETHNIC_GROUP], where: { nation: [WALES], band: [BAND_2] })', 'bmeShare { status }'),
    );
    const of = (code: string) => parts.rows.find(({ ethnicGroup }: Json) => ethnicGroup.code === code).headcount.value;
    const [{ bmeShare }] = table.rows;
    expect([bmeShare.numerator, bmeShare.denominator]).toEqual([of('asian'), of('asian') + of('white')]);
    expect(bmeShare.noise.cells).toBe(4);
    expect(parts.rows[0].bmeShare.status).toBe('NOT_APPLICABLE');
  });

  test('a single cell of a few people is not shown, though sums may use it', async () => {
    const { staff: table } = await ask(
      staff('(by: [ORGANISATION, PROFESSION, BAND])', 'headcount { value status }'),
      {},
      trusted,
    );
    const shown = table.rows
      .filter(({ headcount }: Json) => headcount.status === 'OK')
      .map(({ headcount }: Json) => headcount.value);
    expect(shown.every((value: number) => value === 0 || value >= 5)).toBe(true);
  });

  test('audiences have their own noise and their own tables', async () => {
    const { staff: table } = await ask(
      staff('(by: [ORGANISATION, PROFESSION, BAND])', 'headcount { noise { sd audience } }'),
      {},
      trusted,
    );
    expect(table.rows.find(({ headcount }: Json) => headcount.noise).headcount.noise).toEqual({
      sd: Math.sqrt(3),
      audience: 'trusted',
    });
  });
});
