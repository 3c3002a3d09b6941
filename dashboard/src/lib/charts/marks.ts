import type { Chart, Plugin } from 'chart.js';
import type { Figure, Series, Unit } from '../figure/figure.ts';
import { inUnit } from '../figure/format.ts';
import { ink } from '../figure/palette.ts';
import { cellText, isBroken, shown } from '../figure/status.ts';
import { axisTitle, font, isNarrow } from './base.ts';

/** Chart.js keeps scales by id and types them loosely; these are the two that every cartesian chart here has. */
const pixels = (chart: Chart) => ({
  x: (value: number) => chart.scales.x?.getPixelForValue(value) ?? 0,
  y: (value: number) => chart.scales.y?.getPixelForValue(value) ?? 0,
});

const label = (
  chart: Chart,
  words: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  colour: string,
  weight = 'normal',
) => {
  const { ctx } = chart;
  ctx.save();
  ctx.font = `${weight} 12px ${font.family}`;
  ctx.fillStyle = colour;
  ctx.textAlign = align;
  ctx.textBaseline = 'middle';
  ctx.fillText(words, x, y);
  ctx.restore();
};

export interface Shade {
  series: Series;
  colour: string;
  /** Level of a fan band; the interval of the value when absent. */
  level?: number;
  alpha?: string;
  stepped?: boolean;
  /** Where each row stands on a linear axis; its number in the table when absent. */
  places?: number[];
}

/** Shades the interval of each series behind its line, run by run, so that a gap in the data is a gap in the band. */
export function intervalBands(figure: Figure, shades: Shade[]): Plugin {
  return {
    id: 'intervalBands',
    beforeDatasetsDraw(chart) {
      const at = pixels(chart);
      for (const { series, colour, level, alpha = '22', stepped, places } of shades) {
        let run: { x: number; low: number; high: number }[] = [];
        const flush = () => {
          if (run.length > 1) fillBand(chart.ctx, run, colour + alpha, stepped ?? false);
          run = [];
        };
        series.values.forEach((value, place) => {
          const span = level === undefined ? value.interval : value.bands?.find((band) => band.level === level);
          if (!span || shown(value) === null) return flush();
          if (isBroken(value)) flush();
          run.push({
            x: at.x(places?.[place] ?? place),
            low: at.y(inUnit(span.lower, figure.unit)),
            high: at.y(inUnit(span.upper, figure.unit)),
          });
        });
        flush();
      }
    },
  };
}

function fillBand(
  ctx: CanvasRenderingContext2D,
  run: { x: number; low: number; high: number }[],
  fill: string,
  stepped: boolean,
) {
  const edge = (points: { x: number; y: number }[]) =>
    points.forEach((point, place) => {
      const before = points[place - 1];
      if (stepped && before)
        ctx.lineTo(point.x < before.x ? before.x : point.x, point.x < before.x ? point.y : before.y);
      ctx.lineTo(point.x, point.y);
    });
  ctx.save();
  ctx.beginPath();
  edge(run.map(({ x, high }) => ({ x, y: high })));
  edge(run.map(({ x, low }) => ({ x, y: low })).reverse());
  ctx.closePath();
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.restore();
}

/** Moves the points of each series beside the row’s centre, so that several intervals of one row do not lie on each other. */
export function dodge(offset: (place: number) => number): Plugin {
  return {
    id: 'dodge',
    afterDatasetsUpdate(chart) {
      chart.data.datasets.forEach((_, place) => {
        for (const point of chart.getDatasetMeta(place).data) point.y += offset(place);
      });
    },
  };
}

/** Draws the interval of each value as a whisker, along x for horizontal charts and along y for vertical ones. */
export function whiskers(
  figure: Figure,
  series: Series[],
  colours: string[],
  axis: 'x' | 'y',
  offset: (place: number) => number,
): Plugin {
  return {
    id: 'whiskers',
    beforeDatasetsDraw(chart) {
      const { ctx } = chart;
      const at = pixels(chart);
      series.forEach((one, place) => {
        ctx.save();
        ctx.strokeStyle = colours[place] ?? ink.text;
        ctx.lineWidth = 2;
        one.values.slice(0, figure.rows.length).forEach((value, row) => {
          if (!value.interval || shown(value) === null) return;
          const [low, high] = [value.interval.lower, value.interval.upper].map((end) => inUnit(end, figure.unit)) as [
            number,
            number,
          ];
          ctx.beginPath();
          if (axis === 'x') {
            const y = at.y(row) + offset(place);
            const { left, right } = chart.chartArea;
            const ends = [at.x(low), at.x(high)];
            for (const end of ends)
              if (end >= left - 1 && end <= right + 1) {
                ctx.moveTo(end, y - 5);
                ctx.lineTo(end, y + 5);
              }
            const [from = left, to = right] = ends.map((end) => Math.min(right, Math.max(left, end)));
            ctx.moveTo(from, y);
            ctx.lineTo(to, y);
          } else {
            const x = at.x(row) + offset(place);
            for (const end of [at.y(low), at.y(high)]) {
              ctx.moveTo(x - 4, end);
              ctx.lineTo(x + 4, end);
            }
            ctx.moveTo(x, at.y(low));
            ctx.lineTo(x, at.y(high));
          }
          ctx.stroke();
        });
        ctx.restore();
      });
    },
  };
}

/** Writes each label at the end of its line, pushed apart where they would touch. */
export function directLabels(labels: { words: string; colour: string }[]): Plugin {
  const gap = 15;
  return {
    id: 'directLabels',
    afterDatasetsDraw(chart) {
      const ends = labels.flatMap(({ words, colour }, place) => {
        if (!chart.isDatasetVisible(place)) return [];
        const data = chart.data.datasets[place]?.data ?? [];
        const last = data.findLastIndex((point) => point !== null && !Number.isNaN(point));
        const point = chart.getDatasetMeta(place).data[last];
        return point ? [{ words, colour, x: point.x, y: point.y }] : [];
      });
      ends.sort((one, other) => one.y - other.y);
      const bottom = chart.chartArea.bottom;
      ends.forEach((end, place) => {
        const above = ends[place - 1];
        if (above && end.y - above.y < gap) end.y = above.y + gap;
      });
      for (let place = ends.length - 1, limit = bottom - 4; place >= 0; place--, limit -= gap) {
        const end = ends[place];
        if (end && end.y > limit) end.y = limit;
      }
      const right = Math.max(...ends.map((end) => end.x));
      for (const end of ends) label(chart, end.words, right + 10, end.y, 'left', end.colour, 'bold');
    },
  };
}

/** Dashed vertical line and words at each annotated row; its marker alone in a narrow chart, which has its notes below. */
export function verticalNotes(figure: Figure): Plugin {
  return {
    id: 'verticalNotes',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      figure.annotations.forEach((note, order) => {
        const place = figure.rows.findIndex((row) => row.key === note.at);
        if (place < 0) return;
        const x = pixels(chart).x(place);
        ctx.save();
        ctx.setLineDash([3, 3]);
        ctx.strokeStyle = ink.guide;
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        ctx.restore();
        const late = x > (chartArea.left + chartArea.right) / 2;
        label(
          chart,
          note.marker && isNarrow(chart.width) ? note.marker : [note.marker, note.label].filter(Boolean).join(' '),
          x + (late ? -5 : 5),
          chartArea.top + 8 + order * 16,
          late ? 'right' : 'left',
          ink.muted,
        );
      });
    },
  };
}

/** A thin line with words at each reference value: the national value, a target, a ratio of 1. */
export function referenceLines(figure: Figure, axis: 'x' | 'y'): Plugin {
  return {
    id: 'referenceLines',
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      for (const reference of figure.references) {
        const at = pixels(chart)[axis](inUnit(reference.value, figure.unit));
        ctx.save();
        ctx.strokeStyle = ink.text;
        ctx.lineWidth = 1.25;
        ctx.setLineDash([5, 3]);
        ctx.beginPath();
        if (axis === 'x') {
          ctx.moveTo(at, chartArea.top);
          ctx.lineTo(at, chartArea.bottom);
        } else {
          ctx.moveTo(chartArea.left, at);
          ctx.lineTo(chartArea.right, at);
        }
        ctx.stroke();
        ctx.restore();
        if (axis === 'x') label(chart, reference.label, at, chartArea.top - 8, 'center', ink.text);
        else label(chart, reference.label, chartArea.right - 2, at - 9, 'right', ink.text);
      }
    },
  };
}

/** A bar over what a published 0 may be, in place of a point that would say that there is nobody. */
export function zeroBands({ values, unit: own }: Series, unit: Unit): Plugin {
  return {
    id: 'zeroBands',
    beforeDatasetsDraw(chart) {
      const { ctx } = chart;
      const to = pixels(chart);
      values.forEach((value, place) => {
        const x = chart.getDatasetMeta(0).data[place]?.x;
        if (shown(value) !== 0 || !value.interval || x === undefined) return;
        const [top, bottom] = [value.interval.upper, 0].map((number) => to.y(inUnit(number, own ?? unit)));
        ctx.save();
        ctx.fillStyle = ink.guide;
        ctx.globalAlpha = 0.45;
        ctx.fillRect(x - 4, top!, 8, bottom! - top!);
        ctx.restore();
      });
    },
  };
}

/** The unit of the vertical axis, written level above it: turned text is hard to read. */
export function unitTitle(figure: Figure, words = axisTitle(figure)): Plugin {
  return {
    id: 'unitTitle',
    afterDraw(chart) {
      label(chart, words, 2, 9, 'left', ink.muted);
    },
  };
}

/** The name and value of each guide line at its right end. */
export function guideLabels(guides: { words: string; level: number }[]): Plugin {
  return {
    id: 'guideLabels',
    afterDatasetsDraw(chart) {
      for (const { words, level } of guides)
        label(chart, words, chart.chartArea.right + 8, pixels(chart).y(level), 'left', ink.muted);
    },
  };
}

/** Writes the marker of a row whose values are all withheld where its bar would start, so that it does not read as zero. */
export function withheldMarkers(figure: Figure, series: Series[]): Plugin {
  return {
    id: 'withheldMarkers',
    afterDatasetsDraw(chart) {
      figure.rows.forEach((_, row) => {
        const values = series.flatMap((one) => one.values[row] ?? []);
        if (values.some((value) => shown(value) !== null) || !values[0]) return;
        label(chart, cellText(values[0]), chart.chartArea.left + 6, pixels(chart).y(row), 'left', ink.muted);
      });
    },
  };
}
