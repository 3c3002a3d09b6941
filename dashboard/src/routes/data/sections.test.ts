import { expect, test } from 'vitest';
import type { QualityEntry } from '#lib/server/quality.ts';
import { sectionsOf } from './sections.ts';

const entry = (section: string, item: string, rest: Partial<QualityEntry> = {}): QualityEntry => ({
  section,
  item,
  area: null,
  areaLabel: null,
  periodEnd: null,
  value: null,
  unit: null,
  alert: false,
  note: null,
  ...rest,
});

test('what should be looked into comes first, then the least covered, in the reader’s units', () => {
  const [coverage] = sectionsOf([
    entry('coverage', 'months reported', {
      area: 'RAA',
      areaLabel: 'Alder Trust',
      value: 1,
      unit: 'share',
      note: '16 of 16',
    }),
    entry('coverage', 'months reported', {
      area: 'RBB',
      areaLabel: 'Beech Trust',
      value: 0.9,
      unit: 'share',
      note: '14 of 16',
    }),
    entry('coverage', 'months reported', { area: 'RCC', value: 0.95, unit: 'share', alert: true, note: '15 of 16' }),
  ]);
  expect(coverage!.columns.map(({ label }) => label)).toEqual(['Organisation', 'Months reported', 'Which']);
  expect(coverage!.rows).toEqual([
    { cells: ['RCC', '95 %', '15 of 16'], alert: true },
    { cells: ['Beech Trust', '90 %', '14 of 16'], alert: false },
  ]);
  expect(coverage!.rest).toBe('The other one reported every month.');
  expect(coverage!.alerts).toBe(1);
});

test('what is known of every place becomes one column for each, the United Kingdom first', () => {
  const [unknown] = sectionsOf([
    entry('unknown_share', 'ethnic_group', {
      area: 'wales',
      areaLabel: 'Wales',
      value: 0.25,
      unit: 'share',
      alert: true,
    }),
    entry('unknown_share', 'ethnic_group', { area: 'uk', areaLabel: 'United Kingdom', value: 0.051, unit: 'share' }),
    entry('unknown_share', 'sex', { area: 'uk', areaLabel: 'United Kingdom', value: 0, unit: 'share' }),
  ]);
  expect(unknown!.columns.map(({ label }) => label)).toEqual(['Characteristic', 'United Kingdom', 'Wales']);
  expect(unknown!.rows.map(({ cells }) => cells)).toEqual([
    ['Ethnic group', '5.1 %', '▲ 25 %'],
    ['Sex', '0 %', ''],
  ]);
});

test('months are told from the latest, and a page shows 25 lines of a section', () => {
  const months = Array.from({ length: 30 }, (_, i) => new Date(Date.UTC(2024, i + 1, 0)).toISOString().slice(0, 10));
  const [reporting] = sectionsOf(
    months.map((periodEnd) =>
      entry('reporting', 'organisations reporting', { periodEnd, area: 'wales', value: 7, unit: 'organisations' }),
    ),
  );
  expect(reporting!.rows).toHaveLength(25);
  expect(reporting!.more).toBe(5);
  expect(reporting!.rows[0]!.cells).toEqual(['June 2026', '7']);
});

test('where all reported every month there is a sentence and no list', () => {
  const whole = (area: string) => entry('coverage', 'months reported', { area, value: 1, unit: 'share', note: '16 of 16' });
  const [coverage] = sectionsOf([whole('RAA'), whole('RBB')]);
  expect(coverage).toMatchObject({ rows: [], more: 0, rest: 'All 2 reported every month.' });
});

test('how many statements there are of a kind stands before those that should be looked into', () => {
  const found = (item: string, value: number, more: Partial<QualityEntry> = {}) =>
    entry('residual', item, { value, unit: 'people', alert: true, ...more });
  const [residual] = sectionsOf([
    found('Managers', -61),
    found('organisations above max(5, 3 %)', 1, { unit: 'count', alert: false, note: 'of 1,482' }),
  ]);
  expect(residual!.rows.map(({ cells }) => cells[0])).toEqual(['Organisations above max(5, 3 %)', 'Managers']);
});

test('a release that records nothing has no section', () => {
  expect(sectionsOf([])).toEqual([]);
});
