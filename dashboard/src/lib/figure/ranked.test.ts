import { describe, expect, it } from 'vitest';
import { exampleFigures } from './example-figures.ts';
import type { Figure } from './figure.ts';
import { byRank, foldRows } from './ranked.ts';

const bar = exampleFigures.find((one) => one.kind === 'bar') as Figure;

describe('a ranked figure', () => {
  it('has the largest row first and withheld rows last', () => {
    expect(byRank(bar).rows.map((row) => row.key)).toEqual(['Midlands', 'London', 'South West']);
    expect(byRank(bar).series[0]?.values[0]?.value).toBe(0.095);
  });

  it('says how many rows it leaves out', () => {
    const folded = foldRows(byRank(bar), 1);
    expect(folded.rows).toHaveLength(1);
    expect(folded.caveats[0]).toContain('2 more');
  });
});
