import { expect, it } from 'vitest';
import type { Figure, Value } from './figure.ts';
import { exampleFigures } from './example-figures.ts';
import { foldSeries, toShares } from './shares.ts';

const count = (number: number | null): Value => ({
  value: number,
  status: number === null ? 'CONFIDENTIAL' : 'OK',
  display: String(number ?? '[c]'),
});
const base: Figure = {
  ...(exampleFigures[0] as Figure),
  unit: 'people',
  rows: [
    { key: 'a', labels: ['A'] },
    { key: 'b', labels: ['B'] },
  ],
  series: [
    [50, 10],
    [30, null],
    [15, 5],
    [4, 5],
    [1, 5],
    [0, 5],
  ].map((numbers, place) => ({
    key: `band_${place}`,
    label: `Band ${place}`,
    role: 'value',
    values: numbers.map(count),
  })),
};

it('turns counts into shares of their row and keeps the counts', () => {
  const shares = toShares(base);
  expect(shares.series[0]?.values[0]?.value).toBe(0.5);
  expect(shares.series[0]?.values[0]?.display).toBe('50.0%');
  expect(shares.series.filter((series) => series.role === 'count').map((series) => series.values[0]?.value)).toEqual([
    50, 30, 15, 4, 1, 0,
  ]);
});

it('gives no share in a row where a part is withheld', () => {
  expect(
    toShares(base)
      .series.filter((series) => series.role === 'value')
      .map((series) => series.values[1]?.status),
  ).toEqual(Array(6).fill('NOT_AVAILABLE'));
});

it('adds up the small series as “All other”, and not where one of them is withheld', () => {
  const whole: Figure = {
    ...base,
    rows: base.rows.slice(0, 1),
    series: base.series.map((series) => ({ ...series, values: series.values.slice(0, 1) })),
  };
  const folded = foldSeries(whole, 3);
  expect(folded.series.map((series) => series.label)).toEqual(['Band 0', 'Band 1', 'Band 2', 'All other']);
  expect(folded.series[3]?.values[0]?.value).toBe(5);
  const one = {
    ...whole,
    series: whole.series.map((series, place) => (place === 4 ? { ...series, values: [count(null)] } : series)),
  };
  expect(foldSeries(one, 3).series.at(-1)?.values[0]?.value).toBeNull();
});
