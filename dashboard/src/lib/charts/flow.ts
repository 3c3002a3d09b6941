import type { ChartConfiguration } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { ink, swatch } from '../figure/palette.ts';
import { numbers, font } from './base.ts';
import type { Frame } from './kind.ts';

/** Ribbons thinner than this share of everybody would hide their labels behind each other; they are in the table. */
const thinnest = 0.004;

/** One ribbon per row; the first two row labels are where people came from and where they went. */
export function flowChart(figure: Figure, frame: Frame): ChartConfiguration {
  const series = valueSeries(figure)[0];
  const sizes = series ? numbers(series, figure.unit) : [];
  const everybody = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const flows = figure.rows.flatMap((row, place) => {
    const size = sizes[place];
    // The two sides are kept apart so that staying in a place is a ribbon and not a loop.
    return size && size >= everybody * thinnest
      ? [{ from: `from ${row.labels[0]}`, to: `to ${row.labels[1]}`, flow: size }]
      : [];
  });
  const sources = [...new Set(flows.map((flow) => flow.from))];
  const colour = (context: { dataset: { data: { from: string }[] }; dataIndex: number }) =>
    swatch(Math.max(0, sources.indexOf(context.dataset.data[context.dataIndex]?.from ?? ''))).colour;
  // Both sides in the order of the table, so that staying is a straight ribbon; ways out come last.
  const order = [...new Set(figure.rows.flatMap((row) => row.labels[0] ?? []))];
  const last = [...new Set(figure.rows.flatMap((row) => row.labels[1] ?? []))].filter(
    (label) => !order.includes(label),
  );
  const priority = Object.fromEntries(
    [...order, ...last].flatMap((label, place) => [
      [`from ${label}`, place],
      [`to ${label}`, place],
    ]),
  );
  const names = Object.fromEntries(
    flows.flatMap(({ from, to }) => [
      [from, from.slice(5)],
      [to, to.slice(3)],
    ]),
  );
  return {
    type: 'sankey',
    data: {
      datasets: [
        {
          label: figure.title,
          data: flows,
          colorFrom: colour,
          colorTo: colour,
          colorMode: 'from',
          alpha: 0.45,
          labels: names,
          priority,
          nodePadding: 16,
          color: ink.text,
          borderWidth: 0,
          nodeWidth: 12,
          font: { ...font, size: frame.width < 520 ? 11 : 13 },
        },
      ],
    },
    options: {
      animation: false,
      responsive: false,
      maintainAspectRatio: false,
      layout: { padding: { top: 8, bottom: 8 } },
      plugins: { legend: { display: false } },
    },
  } as unknown as ChartConfiguration;
}
