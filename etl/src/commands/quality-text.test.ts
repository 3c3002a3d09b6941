import { expect, test } from 'vitest';
import type { QualityEntry, QualityReport } from '../releases/quality.ts';
import { reportText } from './quality-text.ts';

const entry = (section: string, item: string, rest: Partial<QualityEntry> = {}): QualityEntry => ({
  section,
  item,
  area: null,
  period_end: null,
  value: null,
  unit: null,
  alert: false,
  note: null,
  ...rest,
});
const report = (...entries: QualityEntry[]): QualityReport => ({
  version: '1.0.0',
  rows: { read: 2, loaded: 2, quarantined: 0 },
  inputs: [],
  entries,
  comparedWith: null,
  changes: [],
});
const latest = ['england', 'wales'].map((area, i) =>
  entry('staleness', 'workforce extracts', { area, period_end: `2026-0${3 - i}-30`, value: i, unit: 'months' }),
);

test('what is to be looked into comes first, section by section, then how old the latest month is', () => {
  const alert = entry('miscoding', 'a', { alert: true });
  const text = (today: string, ...more: QualityEntry[]) =>
    reportText(report(...latest, ...more), 8, new Date(today))
      .split('\n')
      .slice(1, 3);
  expect(text('2026-06-15', alert, alert, entry('coverage', 'b', { alert: true }))).toEqual([
    'To look into: miscoding 2, coverage 1',
    'The latest month of people is 2026-03, 3 months ago',
  ]);
  expect(text('2027-07-01')).toEqual([
    'Nothing to look into',
    '! The latest month of people is 2026-03, 16 months ago',
  ]);
  expect(reportText(report(), 8)).not.toContain('latest month');
});

test('of a section with more than fits, alerts are shown and before the rest a count of them all', () => {
  const people = (item: string, value: number) => entry('residual', item, { value, unit: 'people', alert: true });
  const all = entry('residual', 'all above', { value: 2, unit: 'count', note: 'of 1,482' });
  const lines = reportText(report(entry('residual', 'small'), people('a', 131), people('b', -7), all), 3).split('\n');
  expect(lines.slice(3, 7)).toEqual([
    '             2  all above (of 1,482)',
    '  ! 131 people  a',
    '  !  -7 people  b',
    '    … 1 more (--all)',
  ]);
});

test('what changed is told against the release that it was compared with, and of the first there is nothing to tell', () => {
  const last = (comparedWith: string | null) =>
    reportText({ ...report(), comparedWith }, 8)
      .split('\n')
      .at(-1);
  expect(last(null)).toBe('The first release: there is none before it to be compared with');
  expect(last('1.2.0')).toBe('Nothing changed against release 1.2.0');
});
