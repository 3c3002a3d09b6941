import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';
import type { AreaRecord, BreakRecord } from '../release/catalogue.ts';
import { phasesOf } from '../statistics/spc.ts';
import { withBreaks } from '../release/period-breaks.ts';
import { breaksAt, breaksBetween } from './breaks.ts';

const area = (level: AreaRecord['level'], code: string, nation: AreaRecord | null = null): AreaRecord => {
  const made = { level, code, label: code, nation: nation?.code ?? null } as AreaRecord;
  made.within = (wanted) => (wanted === level ? made : wanted === 'nation' ? nation : null);
  return made;
};
const scotland = area('nation', 'scotland');
const broken = (from: string, nation: AreaRecord | null = scotland): BreakRecord => ({
  from,
  nation,
  organisations: null,
  tallies: new Set(['fte']),
  label: from,
  meaning: '',
  source: '',
});
const count = (tally: 'fte' | 'headcount') => ({ kind: 'count', numerator: { [tally]: 1 } }) as const;
const at = (place: AreaRecord, formula: Parameters<typeof breaksAt>[1]['formula'] = count('fte')) => ({
  place: { members: [place] },
  formula,
});

/** Quarters or years one after the other, of any of which the release may hold nothing. */
const series = fc
  .record({
    months: fc.constantFrom(1, 3, 12),
    held: fc.array(fc.boolean(), { minLength: 2, maxLength: 30 }),
    day: fc.integer({ min: -400, max: 4000 }),
  })
  .map(({ months, held, day }) => {
    const iso = (date: number) => new Date(date).toISOString().slice(0, 10);
    const periods = held.flatMap((is, i) => {
      const [start, end] = [iso(Date.UTC(2020, months * i, 1)), iso(Date.UTC(2020, months * (i + 1), 0))];
      return is
        ? [{ grain: 'quarter' as const, start, end, label: end, flows: true, provisional: false, complete: true }]
        : [];
    });
    return { periods, from: iso(Date.UTC(2020, 0, 1 + day)) };
  });

describe('on whatever periods a release holds', () => {
  test('two figures lie across a break when one ends before its day and the other not', () =>
    fc.assert(
      fc.property(series, fc.nat(), fc.nat(), ({ periods, from }, m, n) => {
        fc.pre(periods.length > 0);
        const held = withBreaks(periods, [broken(from)]);
        const [a, b] = [held[m % held.length]!, held[n % held.length]!].sort((x, y) => (x.end < y.end ? -1 : 1)) as [
          (typeof held)[0],
          (typeof held)[0],
        ];
        expect(breaksBetween(held, at(scotland), a, b).length).toBe(a.end < from && from <= b.end ? 1 : 0);
        expect(breaksBetween(held, at(scotland), b, a)).toEqual(breaksBetween(held, at(scotland), a, b));
      }),
    ));

  test('a break is marked once at most: where its day lies, or on the first period after it that has one before', () =>
    fc.assert(
      fc.property(series, ({ periods, from }) => {
        const marked = withBreaks(periods, [broken(from)]).filter(({ breaks }) => breaks.length > 0);
        const first = periods.find(({ end }) => end >= from);
        const expected = first && (first !== periods[0] || first.start < from) ? [first.end] : [];
        expect(marked.map(({ end }) => end)).toEqual(expected);
      }),
    ));
});

type Year = ReturnType<typeof withBreaks>[number];

test('a figure of a window that a break goes through is not compared with the one after it either; one of a day is', () => {
  const rate = { kind: 'rate', numerator: { leavers_organisation_fte: 1 }, denominator: { fte: 1 }, per: 1 } as const;
  const years = ['2024', '2025', '2026'].map((year) => ({
    ...{ grain: 'year' as const, label: year, flows: true, provisional: false, complete: true },
    start: `${Number(year) - 1}-04-01`,
    end: `${year}-03-31`,
  }));
  const [before, through, after] = withBreaks(years, [broken('2024-10-01')]) as [Year, Year, Year];
  const compared = (formula: Parameters<typeof at>[1], a: Year, b: Year) =>
    breaksBetween([before, through, after], at(scotland, formula), a, b).length === 0;
  expect([compared(rate, before, through), compared(rate, through, after)]).toEqual([false, false]);
  expect([compared(count('fte'), before, through), compared(count('fte'), through, after)]).toEqual([false, true]);
});

test('a succession touches each organisation by itself, and not all of them together', () => {
  const organisations = [area('organisation', 'NEW'), area('organisation', 'OLD'), area('organisation', 'OLDER')];
  const merged = { ...broken('2024-10-01', null), organisations: new Set(['NEW', 'OLD', 'OLDER']) };
  const touched = (members: AreaRecord[]) =>
    breaksAt({ breaks: [merged] }, { place: { members }, formula: count('fte') }).length === 1;
  for (const one of organisations) expect(touched([one])).toBe(true);
  expect(touched(organisations.slice(1))).toBe(true);
  expect(touched(organisations)).toBe(false);
  expect(touched([area('organisation', 'OTHER')])).toBe(false);
  expect(touched([scotland])).toBe(false);
});

test('a break touches its nation, what lies in it and what it is part of, in measures made of its tallies', () => {
  const [england, uk] = [area('nation', 'england'), area('uk', 'uk')];
  const touched = (place: AreaRecord, nation: AreaRecord | null, tally: 'fte' | 'headcount' = 'fte') =>
    breaksAt({ breaks: [broken('2024-04-01', nation)] }, at(place, count(tally))).length === 1;
  for (const place of [scotland, area('system', 'S08', scotland), area('organisation', 'SCOT-A', scotland), uk]) {
    expect(touched(place, scotland)).toBe(true);
    expect(touched(place, scotland, 'headcount')).toBe(false);
  }
  for (const place of [england, area('organisation', 'RAA', england)]) {
    expect(touched(place, scotland)).toBe(false);
    expect(touched(place, null)).toBe(true);
  }
  const ratio = { kind: 'ratio', numerator: { cpd_hours: 1 }, denominator: { fte: 1 } } as const;
  expect(breaksAt({ breaks: [broken('2024-04-01')] }, at(scotland, ratio))).toHaveLength(1);
});

test('a chart has a stretch before the break and one from it on, in a series that it touches alone', () =>
  fc.assert(
    fc.property(series, ({ periods, from }) => {
      const held = withBreaks(periods, [broken(from)]);
      const before = periods.filter(({ end }) => end < from).length;
      const stretches = periods.map((_, i) => (before > 0 && i >= before ? 2 : 1));
      expect(phasesOf(held, at(scotland))).toEqual(stretches);
      expect(new Set(phasesOf(held, at(area('nation', 'england')))).size).toBeLessThan(2);
      expect(new Set(phasesOf(held, at(scotland, count('headcount')))).size).toBeLessThan(2);
    }),
  ));

describe('answers', () => {
  let asking: Asking;
  beforeAll(async () => {
    asking = await startAsking();
  });
  afterAll(() => asking.close());

  const ask = async (
    args: string,
    figure = 'flags breaks { from nation { code } label statement tallies } comparison { verdict statement }',
  ) => {
    const { staff } = await asking.ask(`{ staff${args} { ... on StaffTable {
      rows { area { code } period { end } fte { ${figure} } headcount { ${figure} } } warnings { code message } } } }`);
    return { rows: staff.rows as Json[], breaks: staff.warnings.filter(({ code }: Json) => code === 'BREAK') };
  };
  const across = 'by: [NATION], period: { last: { count: 3, grain: QUARTER } }';

  test('mark the Scottish figure that the break falls on, and no English one and no headcount', async () => {
    const { rows } = await ask(`(${across})`);
    const marked = rows.flatMap(({ area, period, fte, headcount }) => [
      ...(fte.flags.includes('BREAK') ? [`${area.code} ${period.end} fte`] : []),
      ...(headcount.flags.includes('BREAK') ? [`${area.code} ${period.end} headcount`] : []),
    ]);
    expect(marked).toEqual(['scotland 2025-09-30 fte']);
    const [{ fte }] = rows.filter(({ fte }) => fte.breaks.length > 0);
    expect(fte.breaks).toEqual([
      {
        from: '2025-07-01',
        nation: { code: 'scotland' },
        label: 'full-time week of 37 hours, was 37.5',
        statement: 'Scotland: full-time week of 37 hours, was 37.5, from 1 July 2025',
        tallies: ['fte', 'fte_start', 'leavers_organisation_fte'],
      },
    ]);
  });

  test('say once in words what a break touches, and of the United Kingdom that the nation is part of it', async () => {
    const { breaks } = await ask(`(where: { nation: [SCOTLAND] }, period: { last: { count: 3, grain: QUARTER } })`);
    const inScotland =
      'July to September 2025: a break in the series of full-time equivalents (FTE). Scotland: full-time week of 37 hours, was 37.5, from 1 July 2025.';
    expect(breaks.map(({ message }: Json) => message)).toEqual([`${inScotland} Weeks of different length.`]);
    const whole = await ask('(period: { last: { count: 3, grain: QUARTER } })');
    expect(whole.breaks.map(({ message }: Json) => message)).toEqual([
      `${inScotland} Scotland is part of the United Kingdom. Weeks of different length.`,
    ]);
    expect((await ask('(where: { nation: [ENGLAND] }, period: { last: { count: 3 } })')).breaks).toEqual([]);
  });

  test('are not compared across a break, and are where it does not reach', async () => {
    const { rows } = await ask('(by: [NATION], period: { at: { end: "2025-09" } }, compare: { previous: true })');
    const of = (code: string) => rows.find(({ area }) => area.code === code)!;
    expect(of('scotland').fte.comparison).toEqual({
      verdict: 'NOT_COMPARABLE',
      statement:
        'Not compared with April to June 2025: there is a break in the series between them (Scotland: full-time week of 37 hours, was 37.5, from 1 July 2025).',
    });
    expect(of('scotland').headcount.comparison.verdict).not.toBe('NOT_COMPARABLE');
    expect(of('england').fte.comparison.verdict).not.toBe('NOT_COMPARABLE');
  });

  test('come with a catalogue of all breaks', async () => {
    const { catalogue } = await asking.ask('{ catalogue { breaks { from source nation { label } } } }');
    expect(catalogue.breaks).toEqual([
      { from: '2025-07-01', source: 'https://example.org/week', nation: { label: 'Scotland' } },
    ]);
  });
});
