import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import type { Kind } from '../figure/figure.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
);

/** Loads what a kind needs beyond the parts registered above. */
export async function registerKind(kind: Kind): Promise<void> {
  if (kind !== 'flow') return;
  const { Flow, SankeyController } = await import('chartjs-chart-sankey');
  Chart.register(SankeyController, Flow);
}

export { Chart };
