import type { ChartConfiguration } from 'chart.js';
import { type Figure, type Series, valueSeries } from '../figure/figure.ts';
import { ink, signals } from '../figure/palette.ts';
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
import { guideLabels, referenceLines, unitTitle, verticalNotes, zeroBands } from './marks.ts';

/** A guide line that steps where limits were recalculated. */
function guide(label: string, data: (number | null)[], dash: number[], colour: string) {
  return {
    label,
    data,
    borderColor: colour,
    borderDash: dash,
    borderWidth: 1.5,
    pointRadius: 0,
    stepped: 'middle' as const,
    spanGaps: false,
  };
}

/** The last value of each guide, with its name and display text. */
function ends(figure: Figure, guides: Series[]): { words: string; level: number }[] {
  return guides.flatMap((one) => {
    const level = numbers(one, figure.unit).findLast((number) => number !== null);
    const text = one.values.findLast((value) => value.value !== null)?.display;
    return level === null || level === undefined ? [] : [{ words: `${one.label} ${text}`, level }];
  });
}

/**
 * XmR chart: one value series with a mark per point (colour and shape by signal), its centre line and process limits as
 * series of role `centre` and `limit`.
 */
export function spcChart(figure: Figure, frame: Frame): ChartConfiguration<'line'> {
  const series = valueSeries(figure)[0];
  const marks = figure.rows.map((_, place) => signals[series?.marks?.[place]?.signal ?? 'common']);
  const guides = figure.series.filter((one) => one.role === 'centre' || one.role === 'limit');
  const room = extent(figure);
  const options = baseOptions(figure, frame) as NonNullable<ChartConfiguration<'line'>['options']>;
  options.layout = { padding: { top: 28, right: narrow(frame) ? 14 : 130 } };
  options.scales = {
    x: categoryAxis(narrow(frame) ? 4 : 8),
    y: {
      ...valueAxis(figure),
      min: axisStart(room) === 0 && room.min < room.max * 0.3 ? 0 : undefined,
      suggestedMin: room.min,
      suggestedMax: room.max,
    },
  };
  return {
    type: 'line',
    data: {
      labels: tickLabels(figure),
      datasets: [
        {
          label: series?.label ?? figure.title,
          data: series ? numbers(series, figure.unit) : [],
          borderColor: ink.guide,
          borderWidth: 1.5,
          segment: unjoined(series),
          pointBackgroundColor: marks.map((mark) => mark.colour),
          pointBorderColor: ink.paper,
          pointBorderWidth: 1,
          pointStyle: marks.map((mark) => mark.shape),
          pointRadius: marks.map((mark) => (mark === signals.common ? 4.5 : 7)),
          pointHoverRadius: 8,
        },
        ...guides.map((one) =>
          guide(
            one.label,
            numbers(one, figure.unit),
            one.role === 'centre' ? [] : [6, 4],
            one.role === 'centre' ? ink.text : ink.guide,
          ),
        ),
      ],
    },
    options,
    plugins: [
      unitTitle(figure),
      referenceLines(figure, 'y'),
      ...(series ? [zeroBands(series, figure.unit)] : []),
      ...(narrow(frame) ? [] : [guideLabels(ends(figure, guides))]),
      verticalNotes(figure),
    ] as ChartConfiguration<'line'>['plugins'],
  };
}
