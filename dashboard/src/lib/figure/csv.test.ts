import { describe, expect, it } from 'vitest';
import { csvField, csvName, toCsv } from './csv.ts';
import { exampleFigures } from './example-figures.ts';
import type { Figure } from './figure.ts';

const figure = exampleFigures[0] as Figure;

describe('a CSV field', () => {
  it.each([
    ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n1', ' =1', '\u00a0+1', '\u200b=1', '\ufeff@x', '\u0000=1'],
    ...['＝1+1', '＋1', '－1', '＠x', '﹦1', '\u3000＝1'],
  ])('is never a formula: %j', (text) => {
    expect(csvField(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it('leaves a negative number a number', () => {
    expect(csvField(-4.5)).toBe('-4.5');
  });

  it('quotes commas, quotes and line ends', () => {
    expect(csvField('a,b')).toBe('"a,b"');
    expect(csvField('say "a"')).toBe('"say ""a"""');
    expect(csvField('a\nb')).toBe('"a\nb"');
  });
});

describe('the file of a figure', () => {
  it('says on every line which release and which kind of data', () => {
    const lines = toCsv(figure).trimEnd().split('\r\n').slice(1);
    expect(lines).toHaveLength(figure.rows.length * figure.series.length);
    for (const line of lines) expect(line).toMatch(/,1\.0\.0,Synthetic sample$/);
  });

  it('leaves a withheld value empty and names its status', () => {
    expect(toCsv(figure)).toContain('Quarter 4,England,Leaver rate,percent,,,,,confidential,');
  });

  it('gives a row in a unit of its own, as a table of measures has them', () => {
    const rows = figure.rows.map((row, place) => (place === 0 ? { ...row, unit: 'ratio' as const } : row));
    const [first, second] = [0, 1].map(
      (row) => toCsv({ ...figure, rows }).split('\r\n')[1 + row * figure.series.length],
    );
    expect(first).toContain(',Leaver rate,ratio,');
    expect(second).toContain(',Leaver rate,percent,');
  });

  it('is named after the figure, the release and the kind of data', () => {
    expect(csvName(figure)).toBe('ahp-support-example-line-1.0.0-synthetic-sample.csv');
  });
});
