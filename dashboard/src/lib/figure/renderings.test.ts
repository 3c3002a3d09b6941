import type { ChartConfiguration } from 'chart.js';
import { describe, expect, it } from 'vitest';
import { toChart } from '../charts/charts.ts';
import { registerKind } from '../charts/register.ts';
import { picture } from '../svg/picture.ts';
import { toCsv } from './csv.ts';
import { exampleFigures } from './example-figures.ts';
import type { Figure, Kind, Series, Value } from './figure.ts';
import { format, inUnit } from './format.ts';
import { toAlt, toHeadline, toSentence } from './sentence.ts';
import { toTable } from './table.ts';

await registerKind('flow');

const frame = { width: 800, height: 400 };
const near = (one: number, other: number) => Math.abs(one - other) < 1e-9 * Math.max(1, Math.abs(one));

/** Every number that the chart draws: data points, both coordinates, and the sizes of floating bars. */
function drawn(figure: Figure): number[] {
  if (figure.kind === 'multiples')
    return figure.series.flatMap((series) => series.values.flatMap((value) => value.value ?? []));
  const points = toChart(figure, frame).data.datasets.flatMap((dataset) => dataset.data as unknown[]);
  return points.flatMap((point) => {
    if (typeof point === 'number') return [point];
    if (Array.isArray(point)) return [];
    if (point && typeof point === 'object')
      return Object.values(point).filter((part): part is number => typeof part === 'number');
    return [];
  });
}

function csvNumbers(figure: Figure): number[] {
  const [head = '', ...lines] = toCsv(figure).trimEnd().split('\r\n');
  const place = head.split(',').indexOf('value');
  // The examples hold quoted commas only before the value column, in labels that this strips.
  return lines.flatMap((line) => {
    const field = line.replaceAll(/"[^"]*"/g, 'quoted').split(',')[place];
    return field ? [Number(field)] : [];
  });
}

/** The numbers behind the cells, on both scales: the chart and the file show shares as percentages. */
const tableNumbers = (figure: Figure): number[] =>
  toTable(figure).rows.flatMap((row) =>
    row.cells.flatMap((cell) => (cell.value === null ? [] : [cell.value, inUnit(cell.value, 'percent')])),
  );

describe.each(exampleFigures.map((figure) => [figure.kind, figure] as const))('a %s figure', (kind, figure) => {
  it('draws no number that its table and its file lack', () => {
    const [table, file] = [tableNumbers(figure), csvNumbers(figure)];
    const numbers = drawn(figure);
    if (kind !== 'waterfall') expect(numbers.length).toBeGreaterThan(0);
    for (const number of numbers) {
      expect(
        table.some((other) => near(number, other)),
        `${number} in the table`,
      ).toBe(true);
      expect(
        file.some((other) => Math.abs(number - other) < 1e-7),
        `${number} in the file`,
      ).toBe(true);
    }
  });

  it('prints in its table the numbers of its file, rounded', () => {
    const texts = toTable(figure).rows.flatMap((row) => row.cells.map((cell) => cell.text));
    for (const series of figure.series)
      for (const value of series.values)
        if (value.value !== null) expect(texts).toContain(format(value.value, series.unit ?? figure.unit));
  });

  it('gives every row a heading and as many cells as there are columns', () => {
    const table = toTable(figure);
    expect(table.rows).toHaveLength(figure.rows.length);
    for (const row of table.rows) {
      expect(row.heads).toHaveLength(table.heads.length);
      expect(row.cells).toHaveLength(table.columns.length);
    }
  });

  it('says in words what it shows', () => {
    expect(toHeadline(figure)).not.toMatch(/undefined|NaN|null/);
    expect(toSentence(figure)).not.toMatch(/undefined|NaN|null/);
    expect(toAlt(figure)).toContain(figure.subtitle);
  });

  it('makes its options anew each time', () => {
    if (kind === 'multiples') return;
    expect(toChart(figure, frame).options).not.toBe(toChart(figure, frame).options);
  });

  it('draws the same picture twice, without a broken number', () => {
    if (kind === 'multiples') return;
    const svg = picture(figure, 800);
    expect(svg).toBe(picture(figure, 800));
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg.match(/<(path|text)/g)?.length).toBeGreaterThan(3);
  });
});

it('covers every kind of figure', () => {
  const kinds: Kind[] = [
    'line',
    'multiples',
    'bar',
    'share',
    'waterfall',
    'spc',
    'funnel',
    'survival',
    'flow',
    'ratio',
    'fan',
  ];
  expect(exampleFigures.map((figure) => figure.kind).sort()).toEqual(kinds.sort());
});

describe('a withheld value', () => {
  const secret = 7777;
  const leaky: Figure[] = exampleFigures.map((figure) => ({
    ...figure,
    series: figure.series.map((series) => ({
      ...series,
      values: series.values.map((value, place) =>
        place === 1
          ? {
              value: secret,
              status: 'CONFIDENTIAL',
              display: String(secret),
              interval: { lower: secret, upper: secret, level: 0.95 },
              bands: [{ lower: secret, upper: secret, level: 0.8 }],
            }
          : value,
      ),
    })),
  }));

  it.each(leaky.map((figure) => [figure.kind, figure] as const))(
    'reaches no rendering of a %s figure even when the source carries its number',
    (kind, figure) => {
      const cells = toTable(figure).rows.flatMap((row) =>
        row.cells.map((cell) => `${cell.text} ${cell.small} ${cell.value}`),
      );
      const chart = kind === 'multiples' ? '' : JSON.stringify(toChart(figure, frame).data) + picture(figure, 800);
      const all = [toHeadline(figure), toSentence(figure), toAlt(figure), toCsv(figure), ...cells, chart].join('\n');
      expect(all).not.toMatch(/7,?777/);
      expect(cells.join()).toContain('[c]');
    },
  );
});

it('a line leads up to every point but the first after a break in its own series', () => {
  const figure = exampleFigures.find(({ kind }) => kind === 'line') as Figure;
  const [first, whole] = figure.series as [Series, Series];
  const values = first.values.map((value, place): Value => ({ ...value, flags: place === 5 ? ['BREAK'] : [] }));
  const { data } = toChart({ ...figure, series: [{ ...first, values }, whole] }, frame) as ChartConfiguration<'line'>;
  const hidden = data.datasets.map(({ segment }) => {
    const { borderColor: colourUpTo } = segment as { borderColor: (at: { p1DataIndex: number }) => unknown };
    return figure.rows.flatMap((_, place) => (colourUpTo({ p1DataIndex: place }) === 'transparent' ? [place] : []));
  });
  expect(hidden).toEqual([[5], []]);
});
