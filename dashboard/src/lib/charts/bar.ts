import type { ChartConfiguration } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { ink, swatch } from '../figure/palette.ts';
import { baseOptions, categoryAxis, extent, narrow, numbers, tickLabels, valueAxis } from './base.ts';
import type { Frame } from './kind.ts';
import { dodge, referenceLines, whiskers, withheldMarkers } from './marks.ts';

/** Letters in a line of a tick; a tick of three lines needs a taller row. */
const lettersIn = (width: number): number => (width < 520 ? 22 : 36);

/** How many lines the longest tick of a figure has at a width. */
export const tickLines = (figure: Figure, width: number): number =>
  Math.max(1, ...tickLabels(figure).map((text) => wrap(text, lettersIn(width)).length));

/** Breaks a long tick into lines of at most `width` letters, at spaces. */
export function wrap(words: string, width: number): string[] {
  return words.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
    return lines;
  }, []);
}

/**
 * One dot per row and series with its interval as a whisker, or a bar where the figure counts and has one series.
 * Bars start at zero; dots need not.
 */
export function barChart(figure: Figure, frame: Frame): ChartConfiguration {
  const series = valueSeries(figure);
  const counts = ['people', 'fte', 'roles'].includes(figure.unit);
  const bars = counts && series.length === 1;
  const colours = series.map((one, place) => swatch(one.swatch ?? place));
  const options = baseOptions(figure, frame);
  const room = extent(figure);
  options.indexAxis = 'y';
  options.interaction = { mode: 'nearest', intersect: false, axis: 'y' };
  options.layout = { padding: { top: figure.references.length ? 20 : 4, right: 24 } };
  const labels = tickLabels(figure).map((text) => wrap(text, lettersIn(frame.width)));
  options.scales = {
    y: {
      ...categoryAxis(60),
      type: 'category',
      labels: labels as unknown as string[],
      ticks: { ...categoryAxis(60).ticks, autoSkip: false, font: { size: narrow(frame) ? 11 : 12 } },
      offset: true,
    },
    x: {
      ...valueAxis(figure, true),
      min: bars || (room.min >= 0 && room.min < room.max * 0.6) ? 0 : undefined,
      suggestedMax: room.max,
      suggestedMin: room.min,
    },
  } as typeof options.scales;
  const offset = (place: number) => (series.length === 1 ? 0 : (place - (series.length - 1) / 2) * 10);
  return {
    type: 'bar',
    data: {
      labels,
      datasets: series.map((one, place) => ({
        ...(bars
          ? { type: 'bar' as const, barPercentage: 0.7, categoryPercentage: 0.9 }
          : {
              type: 'line' as const,
              showLine: false,
              pointStyle: colours[place]?.shape,
              pointRadius: 6,
              pointBorderColor: ink.paper,
              pointBorderWidth: 1.5,
            }),
        label: one.label,
        data: numbers(one, figure.unit),
        hidden: frame.hidden?.has(one.key) ?? false,
        backgroundColor: figure.rows.map((row) =>
          bars && row.role !== 'highlight' && figure.rows.some((other) => other.role === 'highlight')
            ? '#8fa7bd'
            : (colours[place]?.colour ?? ink.text),
        ),
      })),
    },
    options,
    plugins: [
      ...(bars ? [] : [dodge(offset)]),
      whiskers(
        figure,
        series,
        bars ? series.map(() => ink.text) : colours.map((one) => one.colour),
        'x',
        bars ? () => 0 : offset,
      ),
      referenceLines(figure, 'x'),
      withheldMarkers(figure, series),
    ],
  } as ChartConfiguration;
}
