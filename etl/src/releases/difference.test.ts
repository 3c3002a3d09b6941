import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSmall, emptyData, type Small, type SmallCell } from '../../test/small-release.ts';
import { changesOf } from './changes.ts';
import { diffReleases } from './diff.ts';
import type { Difference } from './difference.ts';
import { readManifest } from './folder.ts';
import { nextVersion } from './version.ts';

let folder: ReturnType<typeof emptyData>;
beforeEach(() => {
  folder = emptyData();
});
afterEach(() => folder.remove());

const nothing: Difference = { added: [], removed: [], relabelled: [], revised: [] };
const cells: SmallCell[] = [
  { periodEnd: '2026-03-31', band: null, value: 30 },
  { periodEnd: '2026-03-31', band: 'band_2', value: 10 },
  { periodEnd: '2026-03-31', band: 'band_3', value: 20 },
  { periodEnd: '2026-03-31', band: null, value: 24_500, tally: 'fte' },
];
const small: Small = { cells, bands: { band_2: 'Band 2', band_3: 'Band 3' } };

/** The difference from `before` to `now`, and the version it leads to. */
async function between(
  before: Small,
  now: Small,
): Promise<{ difference: Difference; version: string; changes: string[] }> {
  await addSmall(folder.data, '1.0.0', {}, before);
  await addSmall(folder.data, '1.0.1', {}, now);
  const difference = await diffReleases(folder.data, '1.0.0', '1.0.1', 'public');
  const changes = changesOf(difference);
  const lines = changes.map(({ kind, subject, detail }) => `${kind} ${subject}: ${detail}`);
  return { difference, version: nextVersion('1.0.0', changes), changes: lines };
}

test('releases of equal cells differ in nothing, and the digests say so whatever the order of rows', async () => {
  const { difference } = await between(small, { ...small, cells: cells.toReversed() });
  expect(difference).toEqual(nothing);
  const [a, b] = ['1.0.0', '1.0.1'].map((version) => readManifest(folder.data, version).files['public.duckdb']!);
  expect([b!.cells, b!.content]).toEqual([a!.cells, a!.content]);
});

test('an added period is a minor change, and its values are no revision', async () => {
  const june = cells.map((cell) => ({ ...cell, periodEnd: '2026-06-30', value: cell.value + 1 }));
  const { difference, version, changes } = await between(small, { ...small, cells: [...cells, ...june] });
  expect(difference).toEqual({ ...nothing, added: [{ subject: 'period', item: 'quarter to 2026-06-30' }] });
  expect(changes).toEqual(['added period: quarter to 2026-06-30']);
  expect(version).toBe('1.1.0');
});

test('corrected values are a patch, told by period, level and unit with the largest change', async () => {
  const corrected = cells.map((cell) => ({
    ...cell,
    value: { 30: 33, 20: 22, 24500: 26_000 }[cell.value] ?? cell.value,
  }));
  const { difference, version, changes } = await between(small, { ...small, cells: corrected });
  const revised = { source: 'cells', grain: 'quarter', periodEnd: '2026-03-31', level: 'uk' };
  expect(difference).toEqual({
    ...nothing,
    revised: [
      { ...revised, unit: 'FTE', cells: 1, largest: 1.5, tally: 'fte' },
      { ...revised, unit: 'count', cells: 2, largest: 3, tally: 'headcount' },
    ],
  });
  expect(changes).toEqual(['revised values: quarter to 2026-03-31: 3 cells']);
  expect(version).toBe('1.0.1');
});

test('a cell that vanished or appeared is a revision to or from 0', async () => {
  const { difference } = await between(small, { ...small, cells: cells.filter(({ value }) => value !== 20) });
  expect(difference.revised).toMatchObject([{ cells: 1, largest: 20, tally: 'headcount' }]);
});

test('a removed category is a major change, and the cells it takes along are no revision', async () => {
  const without = { cells: cells.filter(({ band }) => band !== 'band_3'), bands: { band_2: 'Band 2' } };
  const { difference, version } = await between(small, without);
  expect(difference).toEqual({ ...nothing, removed: [{ subject: 'category', item: 'band: band_3' }] });
  expect(version).toBe('2.0.0');
});

test('another label for the same code is told as such and is a minor change', async () => {
  const { difference, version } = await between(small, { ...small, bands: { band_2: 'Band 2', band_3: 'Band three' } });
  expect(difference).toEqual({
    ...nothing,
    relabelled: [{ subject: 'category', item: 'band: band_3: Band 3 → Band three' }],
  });
  expect(version).toBe('1.1.0');
});

test('an organisation that is gone takes its level, its sets and its cells along', async () => {
  const more = { ...small, organisations: ['RAA'], cells: [...cells, { ...cells[0]!, area: 'RAA' }] };
  const { difference, version } = await between(more, small);
  expect(difference.removed.filter(({ subject }) => subject === 'organisation')).toEqual([
    { subject: 'organisation', item: 'RAA' },
  ]);
  expect(difference.revised).toEqual([]);
  expect(version).toBe('2.0.0');
});

test('figures of official publications are compared as published', async () => {
  const publishedIn = (...values: number[]) =>
    values.map((value, index) => ({ periodEnd: `${2024 + index}-03-31`, value }));
  const { changes } = await between(
    { ...small, published: publishedIn(100.5) },
    { ...small, published: publishedIn(101, 7) },
  );
  expect(changes).toEqual([
    'added published period: feed: year to 2025-03-31',
    'revised values of feed: year to 2024-03-31: 1 cell',
  ]);
});

test('a break in series that is listed is told, as is another label for it', async () => {
  const { difference, version } = await between(
    { ...small, breaks: { '2026-01-01': 'New codes' } },
    { ...small, breaks: { '2026-01-01': 'New coding', '2026-04-01': 'New hours' } },
  );
  expect(difference).toEqual({
    ...nothing,
    added: [{ subject: 'break in series', item: '2026-04-01, everywhere' }],
    relabelled: [{ subject: 'break in series', item: '2026-01-01, everywhere: New codes → New coding' }],
  });
  expect(version).toBe('1.1.0');
});

test('a release from before breaks were listed has none', async () => {
  await addSmall(folder.data, '1.0.0', {}, { ...small, breaks: { '2026-01-01': 'New codes' } });
  await addSmall(folder.data, '1.0.1', {}, { ...small, breaks: null });
  const { added, removed } = await diffReleases(folder.data, '1.0.0', '1.0.1', 'public');
  expect([added, removed]).toEqual([[], [{ subject: 'break in series', item: '2026-01-01, everywhere' }]]);
});
