import { likeForLike } from '@ahp/sql/measure';
import { measureById } from '@ahp/sql/registry';
import { argumentsOf } from '@ahp/sql/arguments';
import { expect, test } from 'vitest';
import type { AreaRecord } from '../release/catalogue.ts';
import type { Mark } from '../release/read-marks.ts';
import { marksOf, markWarnings } from './marks.ts';
import type { Shown } from './table.ts';

const wales = { level: 'nation', code: 'wales', label: 'Wales' } as AreaRecord;
const period = { end: '2026-03-31', label: 'January to March 2026' };
const mark = (of: string, available = true): Mark => ({ kind: 'INCOMPLETE', of, available, note: `about ${of}` });
const marked = {
  holding: {
    marks: new Map([['quarter|2026-03-31|wales', [mark('stock', false), mark('flow'), mark('cpd_hours_known')]]]),
  },
  grain: 'quarter' as const,
  areas: [wales],
  period,
};
const formula = (id: string) => {
  const measure = measureById(id);
  return likeForLike(measure.formula(argumentsOf(measure), 'extracts'));
};
const about = (id: string) => marksOf(formula(id), marked).map(({ of }) => of);

test('a stock has the marks of its day, a movement those of its window, and a ratio those of its tallies', () => {
  expect(about('headcount')).toEqual(['stock']);
  expect(about('leavers')).toEqual(['flow']);
  expect(about('cpd_hours_per_head')).toEqual(['flow', 'cpd_hours_known']);
  expect(about('vacancies')).toEqual([]);
});

test('rates and growth set like against like, so that a silent day is no mark of theirs', () => {
  for (const id of ['leaver_rate', 'joiner_rate', 'growth', 'net_change', 'fte_leaver_rate']) {
    expect(about(id)).toEqual(['flow']);
    expect(
      Object.keys({ ...formula(id).numerator, ...(formula(id) as { denominator?: object }).denominator }),
    ).not.toContain('headcount');
  }
});

test('other places and periods have none', () => {
  expect(marksOf(formula('headcount'), { ...marked, period: { ...period, end: '2025-12-31' } })).toEqual([]);
  expect(marksOf(formula('headcount'), { ...marked, areas: [{ ...wales, code: 'england' }] })).toEqual([]);
});

test('a warning names the place and the period once, and says where no figure is given', () => {
  const marks = marksOf(formula('headcount'), marked);
  const shown = { area: wales, period, figures: [{ marks }, { marks }] } as unknown as Shown;
  expect(markWarnings([shown])).toEqual([
    { code: 'INCOMPLETE', message: 'Wales, January to March 2026: about stock. No figure is given.' },
  ]);
});
