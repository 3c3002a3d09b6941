import { describe, expect, it } from 'vitest';
import type { Board } from './board.ts';
import { attentionLine, exceptions, standing } from './exceptions.ts';

type Line = Board['overview'][number];
const line = (
  id: string,
  change: Line['change'],
  direction: 'UP' | 'DOWN' | 'NONE' = 'UP',
  verdict?: 'HIGHER' | 'LOWER',
) =>
  ({
    measure: { id, direction },
    figure: { value: 1 },
    change,
    versusNation: verdict ? { verdict, statement: '' } : null,
  }) as unknown as Line;
const read = (overview: Line[], signals: Partial<Board['signals'][number]>[] = []) =>
  exceptions({ overview, signals: signals as Board['signals'] });

describe('exceptions', () => {
  it('put concerns first and improvements last', () => {
    const found = read([
      line('a', 'IMPROVING'),
      line('b', 'NO_CLEAR_CHANGE'),
      line('c', 'WORSENING'),
      line('d', 'CHANGED'),
    ]);
    expect(found.map((one) => one.line.measure.id)).toEqual(['c', 'd', 'b', 'a']);
  });

  it('count a measure that is clearly worse than its nation, but not one that is better', () => {
    const found = read([
      line('leaver_rate', 'NO_CLEAR_CHANGE', 'DOWN', 'HIGHER'),
      line('appraisal_rate', 'NO_CLEAR_CHANGE', 'UP', 'HIGHER'),
    ]);
    expect(attentionLine(found)).toBe('1 of 2 measures needs attention');
  });

  it('let a concern in the measure’s own series speak before an improvement on a year before', () => {
    const [first] = read(
      [line('leaver_rate', 'IMPROVING', 'DOWN')],
      [{ measure: { id: 'leaver_rate', title: '' }, variation: 'CONCERN', rule: 'SHIFT_ABOVE' }],
    );
    expect(first?.mark).toEqual({ signal: 'concern', text: 'Concern: part of a run above the mean' });
    expect(first?.attention).toBe(true);
  });

  it('say so when nothing needs attention and when nothing can be shown', () => {
    expect(attentionLine(read([line('a', 'NO_CLEAR_CHANGE')]))).toBe('None of 1 measure needs attention');
    expect(attentionLine([])).toBe('No headline measure can be shown');
  });

  it('count only measures that can be shown', () => {
    const hidden = { ...line('vacancy_rate', 'WORSENING'), figure: { value: null } } as unknown as Line;
    expect(attentionLine(read([hidden, line('a', 'WORSENING')]))).toBe('1 of 1 measure needs attention');
    expect(read([hidden])[0]?.mark.text).toBe('Not shown');
  });

  it('never say that nothing needs attention where most is hidden', () => {
    const hidden = { ...line('vacancy_rate', 'WORSENING'), figure: { value: null } } as unknown as Line;
    const fine = line('a', 'NO_CLEAR_CHANGE');
    expect(attentionLine(read([fine, ...Array<Line>(8).fill(hidden)]))).toBe(
      'Cannot tell: 8 of 9 measures cannot be shown',
    );
    expect(attentionLine(read([fine, line('b', 'IMPROVING'), hidden]))).toBe(
      'None of 2 measures needs attention; 1 cannot be shown',
    );
  });

  it('call a difference neither better nor worse where no direction is better', () => {
    expect(standing('HIGHER', 'NONE')).toBeNull();
    expect(standing('NO_CLEAR_DIFFERENCE', 'UP')).toBeNull();
    expect(standing('LOWER', 'DOWN')).toBe('better');
  });
});
