import type { Figure } from '../figure/figure.ts';
import { heightOf, toChart } from './charts.ts';
import { Chart, registerKind } from './register.ts';

/** Draws the figure on a canvas inside `node` and keeps it fitted to the width; returns what ends that. */
export async function draw(node: HTMLElement, figure: Figure, hidden: ReadonlySet<string>): Promise<() => void> {
  await registerKind(figure.kind);
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  let chart: Chart | null = null;
  let drawn = 0;

  const fit = () => {
    const width = Math.floor(node.clientWidth);
    if (width === drawn || width === 0) return;
    drawn = width;
    chart?.destroy();
    const height = heightOf(figure, width);
    canvas.width = width;
    canvas.height = height;
    chart = new Chart(canvas, toChart(figure, { width, height, hidden }));
  };
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !chart) return;
    chart.setActiveElements([]);
    chart.tooltip?.setActiveElements([], { x: 0, y: 0 });
    chart.update('none');
  };

  node.append(canvas);
  fit();
  node.dataset.live = 'yes';
  const watch = new ResizeObserver(fit);
  watch.observe(node);
  document.addEventListener('keydown', close);
  return () => {
    watch.disconnect();
    document.removeEventListener('keydown', close);
    chart?.destroy();
    canvas.remove();
    delete node.dataset.live;
  };
}
