import type { ChartConfiguration, Plugin } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { inUnit } from '../figure/format.ts';
import { ink, palette } from '../figure/palette.ts';
import { shown } from '../figure/status.ts';
import { axisTitle, baseOptions, categoryAxis, font, narrow, valueAxis } from './base.ts';
import { unitTitle } from './marks.ts';
import { wrap } from './bar.ts';
import type { Frame } from './kind.ts';

/** Floating spans [from, to] of each step: start and end stand on zero, in adds, out takes away. Null where withheld. */
export function spans(figure: Figure): ([number, number] | null)[] {
  const series = valueSeries(figure)[0];
  let level = 0;
  return figure.rows.map((row, place) => {
    const number = shown(series?.values[place]);
    if (number === null) return null;
    const size = inUnit(number, figure.unit);
    if (row.role === 'start' || row.role === 'end') {
      level = size;
      return [0, size];
    }
    const from = level;
    level += row.role === 'out' ? -size : size;
    return [from, level];
  });
}

/** A round number at or below `value`, no coarser than `room`. */
function roundDown(value: number, room: number): number {
  const step = 10 ** Math.floor(Math.log10(room));
  return Math.floor(value / step) * step;
}

const colourOf = (role?: string): string =>
  role === 'in' ? palette[1].colour : role === 'out' ? palette[3].colour : palette[0].colour;

/** Writes what each step adds or takes above its bar. */
function amounts(figure: Figure): Plugin {
  const series = valueSeries(figure)[0];
  return {
    id: 'amounts',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.font = `bold 12px ${font.family}`;
      ctx.fillStyle = ink.text;
      ctx.textAlign = 'center';
      chart.getDatasetMeta(0).data.forEach((bar, place) => {
        const value = series?.values[place];
        if (!value || shown(value) === null) return;
        const { y, base } = bar.getProps(['y', 'base'], true) as unknown as { y: number; base: number };
        const role = figure.rows[place]?.role;
        const sign = role === 'in' ? '+' : role === 'out' ? '−' : '';
        ctx.fillText(sign + value.display, bar.x, Math.min(y, base) - 6);
      });
      ctx.restore();
    },
  };
}

/**
 * From the start, through what came in and went out, to the end. The value axis does not start at zero, because the steps
 * are small beside the stock: the axis title says so, and every step carries its number.
 */
export function waterfallChart(figure: Figure, frame: Frame): ChartConfiguration<'bar'> {
  const bars = spans(figure);
  const levels = bars.flatMap((span, place) => (span ? (isStock(figure, place) ? [span[1]] : span) : []));
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const room = (high - low) * 0.35 || high * 0.1 || 1;
  const floor = Math.max(0, roundDown(low - room, room));
  const options = baseOptions(figure, frame) as NonNullable<ChartConfiguration<'bar'>['options']>;
  options.layout = { padding: { top: 40, right: 8 } };
  const y = valueAxis(figure);
  options.scales = {
    x: { ...categoryAxis(20), ticks: { ...categoryAxis(20).ticks, autoSkip: false } },
    y: { ...y, min: floor, suggestedMax: high },
  };
  return {
    type: 'bar',
    data: {
      labels: figure.rows.map((row) => wrap(row.short ?? row.labels.join(', '), narrow(frame) ? 9 : 16)),
      datasets: [
        {
          label: figure.title,
          data: bars.map((span, place) => (span && isStock(figure, place) ? [floor, span[1]] : span)) as [
            number,
            number,
          ][],
          backgroundColor: figure.rows.map((row) => colourOf(row.role)),
          borderSkipped: false,
          barPercentage: 0.75,
        },
      ],
    },
    options,
    plugins: [
      unitTitle(figure, axisTitle(figure) + (floor > 0 ? ' (axis does not start at zero)' : '')),
      amounts(figure),
    ] as ChartConfiguration<'bar'>['plugins'],
  };
}

const isStock = (figure: Figure, place: number): boolean => ['start', 'end'].includes(figure.rows[place]?.role ?? '');
