import type { ChartOptions, LineOptions, TooltipOptions } from 'chart.js';
import type { Figure, Series, Unit } from '../figure/figure.ts';
import { valueSeries } from '../figure/figure.ts';
import { format, inUnit, unitWords } from '../figure/format.ts';
import { ink } from '../figure/palette.ts';
import { isBroken, shown } from '../figure/status.ts';
import { upperFirst } from '../figure/words.ts';
import type { Frame } from './kind.ts';

export const font = { family: 'Arial, "Liberation Sans", Helvetica, sans-serif', size: 13 };

/** Below this width a chart gives up direct labels and long ticks. */
export const isNarrow = (width: number): boolean => width < 520;
export const narrow = (frame: Frame): boolean => isNarrow(frame.width);

/** No line leads up to a point that begins a series of its own. */
export function unjoined(series: Series | undefined): Partial<LineOptions['segment']> {
  return { borderColor: ({ p1DataIndex }) => (isBroken(series?.values[p1DataIndex]) ? 'transparent' : undefined) };
}

/** The numbers of a series in the unit people read; null where nothing may be shown, which Chart.js draws as a gap. */
export function numbers(series: Series, unit: Unit): (number | null)[] {
  return series.values.map((value) => {
    const number = shown(value);
    return number === null ? null : inUnit(number, series.unit ?? unit);
  });
}

/** Smallest and largest number that the chart must have room for: values, intervals, guide lines, references. */
export function extent(figure: Figure): { min: number; max: number } {
  const drawn = figure.series.filter((series) => series.role !== 'count' && series.role !== 'exposure');
  const all = drawn.flatMap((series) =>
    series.values.flatMap((value) => {
      const number = shown(value);
      if (number === null) return [];
      const spans = [...(value.interval ? [value.interval] : []), ...(value.bands ?? [])];
      return [number, ...spans.flatMap((span) => [span.lower, span.upper])];
    }),
  );
  const lines = figure.references.map((reference) => reference.value);
  const scaled = [...all, ...lines].map((number) => inUnit(number, figure.unit));
  return { min: Math.min(...scaled), max: Math.max(...scaled) };
}

/** Where a value axis starts: at zero, unless everything lies in the upper two fifths of the picture. */
export function axisStart({ min, max }: { min: number; max: number }): number | undefined {
  return min >= 0 && min < max * 0.6 ? 0 : undefined;
}

/** The text of a tick, without needless decimals. */
export function tick(value: number | string, unit: Unit): string {
  const number = Number(value);
  const text = number.toLocaleString('en-GB', { maximumFractionDigits: 2 });
  return unit === 'percent' ? `${text}%` : text;
}

/** Display text of each drawn point, by data set and row: what a tooltip says. */
function tooltip(figure: Figure): Partial<TooltipOptions> {
  const series = valueSeries(figure);
  return {
    backgroundColor: '#0f2c47',
    padding: 10,
    displayColors: false,
    callbacks: {
      label: (item) => {
        const value = series[item.datasetIndex]?.values[item.dataIndex];
        const number = shown(value);
        const name = series[item.datasetIndex]?.label ?? '';
        if (!value || number === null) return name;
        const range = value.interval
          ? ` (${format(value.interval.lower, figure.unit)} to ${format(value.interval.upper, figure.unit)})`
          : '';
        return `${name}: ${value.display}${range}`;
      },
    },
  } as Partial<TooltipOptions>;
}

/** Options that every chart shares, as a fresh object. */
export function baseOptions(figure: Figure, frame: Frame): ChartOptions {
  return {
    animation: false,
    responsive: false,
    maintainAspectRatio: false,
    font,
    color: ink.text,
    layout: { padding: { top: 8, right: narrow(frame) ? 8 : 16, bottom: 0, left: 0 } },
    plugins: { legend: { display: false }, tooltip: tooltip(figure) as TooltipOptions },
    interaction: { mode: 'nearest', intersect: false },
  };
}

/** A value axis in the unit of the figure, with at most seven light grid lines; vertical ones have their title on top. */
export function valueAxis(figure: Figure, title = false) {
  return {
    beginAtZero: false,
    border: { display: false },
    grid: { color: ink.grid, drawTicks: false },
    title: { display: title, text: axisTitle(figure), color: ink.muted, font: { size: 12 } },
    ticks: {
      color: ink.muted,
      padding: 8,
      maxTicksLimit: 7,
      font: { size: 12 },
      callback: (value: number | string) => tick(value, figure.unit),
    },
  };
}

/** A category axis with horizontal text only. */
export function categoryAxis(limit: number) {
  return {
    border: { color: ink.guide },
    grid: { display: false },
    ticks: { color: ink.text, maxRotation: 0, autoSkip: true, maxTicksLimit: limit, font: { size: 12 }, padding: 4 },
  };
}

/** The unit as a title, such as "Percent". */
export function axisTitle(figure: Figure): string {
  return upperFirst(unitWords[figure.unit]);
}

/** The text under or beside each row: its short label where it has one. */
export function tickLabels(figure: Figure): string[] {
  return figure.rows.map((row) => row.short ?? row.labels.join(', '));
}
