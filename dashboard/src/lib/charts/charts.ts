import { type Figure, type Kind, valueSeries } from '../figure/figure.ts';
import { barChart, tickLines } from './bar.ts';
import { fanChart } from './fan.ts';
import { flowChart } from './flow.ts';
import { funnelChart } from './funnel.ts';
import type { ChartConfiguration, ChartKind, Frame } from './kind.ts';
import { lineChart } from './line.ts';
import { ratioChart } from './ratio.ts';
import { shareChart } from './share.ts';
import { spcChart } from './spc.ts';
import { survivalChart } from './survival.ts';
import { waterfallChart } from './waterfall.ts';

/** Small multiples are drawn without Chart.js; every other kind has a builder here. */
const kinds: Record<Exclude<Kind, 'multiples'>, ChartKind> = {
  line: lineChart as ChartKind,
  bar: barChart,
  share: shareChart as ChartKind,
  waterfall: waterfallChart as ChartKind,
  spc: spcChart as ChartKind,
  funnel: funnelChart as ChartKind,
  survival: survivalChart as ChartKind,
  flow: flowChart,
  ratio: ratioChart,
  fan: fanChart as ChartKind,
};

/** The Chart.js configuration of a figure, fresh on every call. */
export function toChart(figure: Figure, frame: Frame): ChartConfiguration {
  if (figure.kind === 'multiples') throw new Error('small multiples are drawn as SVG, not by Chart.js');
  return kinds[figure.kind](figure, frame);
}

/** Height that suits the figure at a width: by the number of rows for horizontal kinds. */
export function heightOf(figure: Figure, width: number): number {
  const rows = figure.rows.length;
  if (figure.kind === 'bar' || figure.kind === 'ratio')
    return (
      64 +
      rows * Math.max(width < 520 ? 36 : 30, 8 + 14 * tickLines(figure, width), 16 + 12 * valueSeries(figure).length)
    );
  if (figure.kind === 'share') return 40 + rows * (width < 520 ? 34 : 28);
  if (figure.kind === 'flow') return 520;
  return width < 520 ? 300 : 360;
}
