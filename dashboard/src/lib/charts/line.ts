import type { ChartConfiguration } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { ink, swatch } from '../figure/palette.ts';
import {
  axisStart,
  baseOptions,
  categoryAxis,
  extent,
  narrow,
  numbers,
  tickLabels,
  unjoined,
  valueAxis,
} from './base.ts';
import type { Frame } from './kind.ts';
import { directLabels, intervalBands, referenceLines, unitTitle, verticalNotes } from './marks.ts';

/** Lines over periods: colour, dash and shape for each series, its interval as a band, its name at its end. */
export function lineChart(figure: Figure, frame: Frame): ChartConfiguration<'line'> {
  const series = valueSeries(figure);
  const look = series.map((one, place) => swatch(one.swatch ?? place));
  const visible = series.filter((one) => !frame.hidden?.has(one.key));
  const direct = !narrow(frame) && series.length > 1;
  const options = baseOptions(figure, frame) as NonNullable<ChartConfiguration<'line'>['options']>;
  const longest = Math.max(...series.map((one) => one.label.length));
  options.layout = { padding: { top: 28, right: direct ? Math.min(longest * 7 + 18, 190) : 14 } };
  const y = valueAxis(figure);
  const room = extent({ ...figure, series: visible });
  options.scales = {
    x: categoryAxis(narrow(frame) ? 4 : 8),
    y: { ...y, min: axisStart(room), suggestedMin: room.min, suggestedMax: room.max },
  };
  return {
    type: 'line',
    data: {
      labels: tickLabels(figure),
      datasets: series.map((one, place) => ({
        label: one.label,
        data: numbers(one, figure.unit),
        hidden: frame.hidden?.has(one.key) ?? false,
        borderColor: look[place]?.colour,
        backgroundColor: look[place]?.colour,
        borderDash: [...(look[place]?.dash ?? [])],
        borderWidth: 2.5,
        pointStyle: look[place]?.shape,
        pointRadius: figure.rows.length > 24 ? 0 : 3.5,
        pointHoverRadius: 6,
        pointBorderColor: ink.paper,
        pointBorderWidth: 1,
        segment: unjoined(one),
        spanGaps: false,
        tension: 0,
      })),
    },
    options,
    plugins: [
      unitTitle(figure),
      intervalBands(
        figure,
        visible.map((one) => ({
          series: one,
          colour: look[series.indexOf(one)]?.colour ?? ink.text,
          alpha: visible.length > 2 ? '14' : '22',
        })),
      ),
      referenceLines(figure, 'y'),
      ...(direct
        ? [directLabels(series.map((one, place) => ({ words: one.label, colour: look[place]?.colour ?? ink.text })))]
        : []),
      verticalNotes(figure),
    ] as ChartConfiguration<'line'>['plugins'],
  };
}
