import type { ChartConfiguration } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { ink, remainder, swatch } from '../figure/palette.ts';
import { wrap } from './bar.ts';
import { baseOptions, categoryAxis, narrow, numbers, tickLabels, valueAxis } from './base.ts';
import type { Frame } from './kind.ts';

/** Shares of a whole as horizontal bars of 100%, one bar per row, with a white gap between neighbours. */
export function shareChart(figure: Figure, frame: Frame): ChartConfiguration<'bar'> {
  const options = baseOptions(figure, frame) as NonNullable<ChartConfiguration<'bar'>['options']>;
  options.indexAxis = 'y';
  options.scales = {
    x: { ...valueAxis(figure, false), stacked: true, min: 0, max: 100, position: 'bottom' },
    y: { ...categoryAxis(60), stacked: true, ticks: { ...categoryAxis(60).ticks, autoSkip: false } },
  };
  return {
    type: 'bar',
    data: {
      labels: tickLabels(figure).map((text) => (narrow(frame) ? wrap(text, 18) : text)) as string[],
      datasets: valueSeries(figure).map((one, place) => ({
        label: one.label,
        data: numbers(one, figure.unit),
        hidden: frame.hidden?.has(one.key) ?? false,
        backgroundColor: one.swatch === -1 ? remainder : swatch(one.swatch ?? place).colour,
        borderColor: ink.paper,
        borderWidth: { left: 0, right: narrow(frame) ? 1 : 2, top: 0, bottom: 0 },
        borderSkipped: false as const,
        barPercentage: 0.82,
        categoryPercentage: 0.95,
      })),
    },
    options,
  };
}
