import { heightOf, toChart } from '../charts/charts.ts';
import { Chart } from '../charts/register.ts';
import type { Figure } from '../figure/figure.ts';
import { SvgCanvas } from './context.ts';

/** The figure as one SVG element of the given width in pixels, from the same Chart.js configuration that the browser draws. */
export function picture(figure: Figure, width: number): string {
  const height = heightOf(figure, width);
  const canvas = new SvgCanvas(width, height, `${figure.id}-${width}`);
  const chart = new Chart(canvas as unknown as HTMLCanvasElement, toChart(figure, { width, height }));
  const svg = canvas.context.svg();
  chart.destroy();
  return svg;
}
