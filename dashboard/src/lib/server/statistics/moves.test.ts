import { describe, expect, it } from 'vitest';
import type { FlowYear } from './flows.ts';
import { flowHeadline, moves } from './moves.ts';

const measure = (value: number | null, display: string, status = 'OK') => ({
  value,
  display,
  status,
  flags: [],
  interval: null,
});
const cell = (code: string, label: string, people: number | null, share: string, status?: string) => ({
  to: { code, label },
  people: measure(people, String(people), status),
  share: measure(0.1, share, status),
});
const year = {
  rows: [
    {
      from: { code: 'band_2', label: 'Band 2' },
      start: measure(100, '100'),
      cells: [
        cell('band_2', 'Band 2', 70, '70%'),
        cell('band_3', 'Band 3', 11, '11%'),
        cell('band_4', 'Band 4', 0, '0%'),
        cell('registered', 'Registered AHP', null, '[c]', 'CONFIDENTIAL'),
        cell('left', 'Left AHP support', 15, '15%'),
      ],
    },
  ],
} as unknown as FlowYear;

describe('the pipeline', () => {
  it('keeps withheld moves and leaves out those that nobody made', () => {
    expect(moves(year).map(({ to }) => to.code)).toEqual(['band_2', 'band_3', 'registered', 'left']);
  });

  it('names the widest path onward, which is neither staying nor leaving', () => {
    expect(flowHeadline(year)).toBe(
      'The widest path onward within a year: “Band 2” to “Band 3”, 11% of those who began there',
    );
  });

  it('does not take being in a band for a step of a person who was counted by age', () => {
    const byAge = {
      rows: [{ ...year.rows[0], from: { code: 'age_25_34', label: '25 to 34' } }],
    } as unknown as FlowYear;
    expect(flowHeadline(byAge)).toBeNull();
  });
});
