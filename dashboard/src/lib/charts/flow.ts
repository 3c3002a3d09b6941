import type { ChartConfiguration } from 'chart.js';
import { type Figure, valueSeries } from '../figure/figure.ts';
import { ink, swatch } from '../figure/palette.ts';
import { numbers, font } from './base.ts';
import type { Frame } from './kind.ts';

/** Ribbons thinner than this share of everybody would hide their labels behind each other; they are in the table. */
const thinnest = 0.004;
/** Places with fewer than this share of everybody on both sides are drawn as one. */
const smallest = 0.025;
const others = 'Others';

/** The places of the first column that are too small for a label of their own: drawn together when there are several. */
function small(figure: Figure, sizes: readonly (number | null)[], everybody: number): Set<string> {
  const side = (column: 0 | 1) =>
    Map.groupBy(
      figure.rows.map((row, place) => ({ label: row.labels[column] ?? '', size: sizes[place] ?? 0 })),
      ({ label }) => label,
    );
  const [from, to] = [side(0), side(1)];
  const total = (list: { size: number }[] | undefined) => (list ?? []).reduce((sum, { size }) => sum + size, 0);
  const found = [...from.keys()].filter(
    (label) => Math.max(total(from.get(label)), total(to.get(label))) < everybody * smallest,
  );
  return new Set(found.length > 1 ? found : []);
}

/** One ribbon per row; the first two row labels are where people came from and where they went. */
export function flowChart(figure: Figure, frame: Frame): ChartConfiguration {
  const series = valueSeries(figure)[0];
  const sizes = series ? numbers(series, figure.unit) : [];
  const everybody = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const together = small(figure, sizes, everybody);
  const named = (label: string | undefined) => (together.has(label ?? '') ? others : (label ?? ''));
  const ribbons = new Map<string, { from: string; to: string; flow: number }>();
  figure.rows.forEach((row, place) => {
    // The two sides are kept apart so that staying in a place is a ribbon and not a loop.
    const [from, to] = [`from ${named(row.labels[0])}`, `to ${named(row.labels[1])}`];
    const before = ribbons.get(`${from}|${to}`)?.flow ?? 0;
    ribbons.set(`${from}|${to}`, { from, to, flow: before + (sizes[place] ?? 0) });
  });
  const flows = [...ribbons.values()].filter(({ flow }) => flow >= everybody * thinnest);
  const sources = [...new Set(flows.map((flow) => flow.from))];
  const colour = (context: { dataset: { data: { from: string }[] }; dataIndex: number }) =>
    swatch(Math.max(0, sources.indexOf(context.dataset.data[context.dataIndex]?.from ?? ''))).colour;
  // Both sides in the order of the table, so that staying is a straight ribbon; ways out come last.
  const order = [...new Set(figure.rows.map((row) => named(row.labels[0])))];
  const last = [...new Set(figure.rows.map((row) => named(row.labels[1])))].filter((label) => !order.includes(label));
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
          nodePadding: 20,
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
