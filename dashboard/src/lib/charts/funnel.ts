import type { ChartConfiguration, Plugin } from 'chart.js';
import { type Figure, type Series, valueSeries } from '../figure/figure.ts';
import { inUnit } from '../figure/format.ts';
import { ink, palette } from '../figure/palette.ts';
import { baseOptions, extent, font, numbers, valueAxis } from './base.ts';
import type { Frame } from './kind.ts';
import { referenceLines, unitTitle } from './marks.ts';

/** Exposure against value of each row, in order of exposure; rows that may not be shown are left out. */
export function pairs(figure: Figure, series: Series): { x: number; y: number; row: number }[] {
  const exposure = figure.series.find((one) => one.role === 'exposure');
  const across = exposure ? numbers(exposure, exposure.unit ?? 'people') : [];
  return numbers(series, figure.unit)
    .flatMap((y, row) => {
      const x = across[row];
      return y === null || x === null || x === undefined ? [] : [{ x, y, row }];
    })
    .sort((one, other) => one.x - other.x);
}

/** Limits of very small organisations run off to 100 %: the picture ends a little above the highest point instead. */
const roof = (highest: number): number | undefined =>
  Number.isFinite(highest) && highest > 0 ? Math.ceil(highest * 1.15) : undefined;

/** Writes the name of each highlighted row beside its point. */
function names(figure: Figure, points: { row: number }[]): Plugin {
  return {
    id: 'names',
    afterDatasetsDraw(chart) {
      const drawn = chart.getDatasetMeta(0).data;
      points.forEach(({ row }, place) => {
        const [at, words] = [drawn[place], figure.rows[row]?.labels[0]];
        if (figure.rows[row]?.role !== 'highlight' || !at || !words) return;
        const left = at.x > (chart.chartArea.left + chart.chartArea.right) / 2;
        const { ctx } = chart;
        ctx.save();
        ctx.font = `bold 13px ${font.family}`;
        ctx.fillStyle = ink.text;
        ctx.textAlign = left ? 'right' : 'left';
        ctx.textBaseline = 'bottom';
        const [x, y] = [at.x + (left ? -10 : 10), Math.max(at.y - 8, chart.chartArea.top + 14)];
        // On a patch of paper, so that limits and points do not run through the name.
        const width = ctx.measureText(words).width;
        ctx.fillStyle = ink.paper;
        ctx.globalAlpha = 0.85;
        ctx.fillRect(left ? x - width - 2 : x - 2, y - 15, width + 4, 17);
        ctx.globalAlpha = 1;
        ctx.fillStyle = ink.text;
        ctx.fillText(words, x, y);
        ctx.restore();
      });
    },
  };
}

/**
 * Organisations by size (series of role `exposure`) and value, with the limits of usual variation as series of role `limit`
 * (one value per organisation, joined in order of size). A highlighted row is a larger diamond with its name in the key.
 */
export function funnelChart(figure: Figure, frame: Frame): ChartConfiguration<'scatter'> {
  const series = valueSeries(figure)[0];
  const points = series ? pairs(figure, series) : [];
  const special = points.map((point) => figure.rows[point.row]?.role === 'highlight');
  const exposure = figure.series.find((one) => one.role === 'exposure');
  const guides = [
    ...figure.series
      .filter((one) => one.role === 'limit' || one.role === 'centre')
      .map((one) => ({ label: one.label, role: one.role, look: undefined, points: pairs(figure, one) })),
    ...(figure.curves ?? []).map(({ label, role, look, points: line }) => ({
      label,
      role,
      look,
      points: line.map(({ x, y }) => ({ x, y: inUnit(y, figure.unit) })),
    })),
  ];
  const highest = Math.max(...points.map(({ y }) => y));
  const room = extent(figure);
  const options = baseOptions(figure, frame) as NonNullable<ChartConfiguration<'scatter'>['options']>;
  options.layout = { padding: { top: 26, right: 14 } };
  const across = valueAxis({ ...figure, unit: exposure?.unit ?? 'people' }, true);
  options.scales = {
    x: {
      ...across,
      type: 'linear',
      min: 0,
      grid: { display: false },
      border: { display: true, color: ink.guide },
      title: { ...across.title, text: exposure?.label ?? 'People' },
    },
    y: {
      ...valueAxis(figure),
      min: room.min >= 0 ? 0 : undefined,
      suggestedMax: room.max,
      max: figure.curves ? roof(highest) : undefined,
    },
  } as typeof options.scales;
  options.plugins = {
    ...options.plugins,
    tooltip: {
      ...options.plugins?.tooltip,
      filter: (item) => item.datasetIndex === 0,
      callbacks: {
        title: () => '',
        label: (item) => {
          const row = points[item.dataIndex]?.row ?? -1;
          return `${figure.rows[row]?.labels.join(', ') ?? ''}: ${series?.values[row]?.display ?? ''}`;
        },
      },
    },
  };
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          label: series?.label ?? figure.title,
          data: points.map(({ x, y }) => ({ x, y })),
          pointStyle: special.map((is) => (is ? 'rectRot' : 'circle')),
          pointRadius: special.map((is) => (is ? 9 : 4.5)),
          pointBackgroundColor: special.map((is) => (is ? palette[3].colour : palette[0].colour)),
          pointBorderColor: special.map((is) => (is ? ink.text : ink.paper)),
          pointBorderWidth: 1,
        },
        ...guides.map((one) => ({
          label: one.label,
          data: one.points.map(({ x, y }) => ({ x, y })),
          showLine: true,
          pointRadius: 0,
          borderWidth: one.look === 'chance' ? 1 : 1.5,
          borderColor: one.role === 'centre' ? ink.text : one.look === 'chance' ? '#b3bcc6' : ink.guide,
          borderDash: one.role === 'centre' || one.look === 'chance' ? [] : one.look === 'near' ? [2, 3] : [7, 4],
        })),
      ],
    },
    options,
    plugins: [
      unitTitle(figure),
      referenceLines(figure, 'y'),
      names(figure, points),
    ] as ChartConfiguration<'scatter'>['plugins'],
  };
}
