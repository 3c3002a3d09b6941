import type { ChartConfiguration } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { swatch } from '../figure/palette.ts';
import { narrow } from './base.ts';
import type { Frame } from './kind.ts';
import { lineChart } from './line.ts';
import { directLabels, intervalBands, referenceLines, unitTitle } from './marks.ts';

/** Elapsed times of the rows where their keys are numbers: intervals of different length must not look alike. */
function elapsed(figure: Figure): number[] | null {
  const times = figure.rows.map((row) => Number(row.key));
  return times.some(Number.isNaN) ? null : times;
}

/** Step curves over elapsed time, with stepped intervals; numbers at risk are series of role `count`, in the table. */
export function survivalChart(figure: Figure, frame: Frame): ChartConfiguration<'line'> {
  const chart = lineChart(figure, frame);
  const series = valueSeries(figure);
  const look = series.map((one, place) => swatch(one.swatch ?? place));
  for (const dataset of chart.data.datasets) Object.assign(dataset, { stepped: 'before', pointRadius: 0 });
  const scales = chart.options?.scales ?? {};
  const times = elapsed(figure);
  if (times) {
    for (const dataset of chart.data.datasets) {
      const end = dataset.data.findLastIndex((point) => point !== null);
      const points = (dataset.data as (number | null)[]).slice(0, end + 1).map((y, place) => ({ x: times[place], y }));
      dataset.data = points as unknown as typeof dataset.data;
    }
    scales.x = {
      ...scales.x,
      type: 'linear',
      min: 0,
      max: times.at(-1),
      ticks: { ...scales.x?.ticks, stepSize: narrow(frame) ? 24 : 12 },
    } as typeof scales.x;
  }
  if (figure.unit === 'percent') scales.y = { ...scales.y, min: 0, max: 100 };
  scales.x = { ...scales.x, title: { display: true, text: figure.rowHeads[0] ?? '' } } as typeof scales.x;
  const shades = series
    .filter((one) => !frame.hidden?.has(one.key))
    .map((one) => ({
      series: one,
      colour: look[series.indexOf(one)]?.colour ?? '',
      stepped: true,
      ...(times ? { places: times } : {}),
    }));
  const labels = series.map((one, place) => ({ words: one.label, colour: look[place]?.colour ?? '' }));
  chart.plugins = [
    unitTitle(figure),
    intervalBands(figure, shades),
    referenceLines(figure, 'y'),
    ...(series.length > 1 && frame.width >= 520 ? [directLabels(labels)] : []),
  ] as NonNullable<typeof chart.plugins>;
  return chart;
}
