import { expect, it } from 'vitest';
import { chips, type Keys, readState, writeState } from './url-state.ts';

const keys = {
  measure: {
    label: 'Measure',
    options: [
      { value: 'headcount', label: 'Headcount' },
      { value: 'fte', label: 'FTE' },
    ],
    fallback: 'headcount',
  },
  nation: {
    label: 'Nation',
    many: true,
    options: [
      { value: 'england', label: 'England' },
      { value: 'wales', label: 'Wales' },
    ],
  },
} satisfies Keys;

const read = (query: string) => readState<Keys>(new URLSearchParams(query), keys);

it('reads defaults from an empty address', () => {
  expect(read('')).toEqual({ values: { measure: ['headcount'], nation: [] }, ignored: [] });
});

it('puts unknown keys and values aside instead of failing', () => {
  expect(read('measure=nonsense&nation=wales&nation=mars&colour=red').ignored).toEqual([
    { key: 'measure', value: 'nonsense' },
    { key: 'nation', value: 'mars' },
    { key: 'colour', value: 'red' },
  ]);
});

it('writes keys and values in one order and leaves defaults out', () => {
  const { values } = read('nation=wales&nation=england&nation=wales&measure=headcount');
  expect(writeState('/trends', keys as Keys, values)).toBe('/trends?nation=england&nation=wales');
});

it('reads back what it wrote', () => {
  const { values } = read('measure=fte&nation=wales');
  expect(read(writeState('', keys as Keys, values).slice(1)).values).toEqual(values);
});

it('offers each filter to be taken away by itself', () => {
  expect(chips('/trends', keys as Keys, read('measure=fte&nation=wales'))).toEqual([
    { label: 'Measure: FTE', without: '/trends?nation=wales' },
    { label: 'Nation: Wales', without: '/trends?measure=fte' },
  ]);
});
