import type { ChartConfiguration } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { ink, swatch } from '../figure/palette.ts';
import type { Frame } from './kind.ts';
import { lineChart } from './line.ts';
import { directLabels, intervalBands, referenceLines, unitTitle, verticalNotes } from './marks.ts';

/** A line that turns from data into projection: points with `bands` get nested ranges, lightest outermost. */
export function fanChart(figure: Figure, frame: Frame): ChartConfiguration<'line'> {
  const chart = lineChart(figure, frame);
  const series = valueSeries(figure);
  const shades = series.flatMap((one, place) => {
    const levels = [...new Set(one.values.flatMap((value) => value.bands?.map((band) => band.level) ?? []))].sort();
    const colour = swatch(one.swatch ?? place).colour;
    return levels.reverse().map((level) => ({ series: one, colour, level, alpha: '26' }));
  });
  const labels = series.map((one, place) => ({
    words: one.label,
    colour: swatch(one.swatch ?? place).colour ?? ink.text,
  }));
  chart.plugins = [
    unitTitle(figure),
    intervalBands(figure, shades),
    referenceLines(figure, 'y'),
    ...(series.length > 1 && frame.width >= 520 ? [directLabels(labels)] : []),
    verticalNotes(figure),
  ] as NonNullable<typeof chart.plugins>;
  return chart;
}
