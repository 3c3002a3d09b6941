import type { ChartConfiguration } from 'chart.js';
import type { Figure } from '../figure/figure.ts';
import { barChart } from './bar.ts';
import { extent, valueAxis } from './base.ts';
import type { Frame } from './kind.ts';

const ticks = [0.1, 0.2, 0.25, 0.5, 0.8, 1, 1.25, 2, 4, 5, 10];

/** Ratios with intervals on a logarithmic scale, so that half and double are equally far from 1. */
export function ratioChart(figure: Figure, frame: Frame): ChartConfiguration {
  const chart = barChart(figure, frame);
  const room = extent(figure);
  const scales = chart.options?.scales ?? {};
  const axis = valueAxis(figure, true);
  scales.x = {
    ...axis,
    type: 'logarithmic',
    // An interval that says next to nothing must not push the others together: it runs off the edge instead.
    min: Math.max(0.1, Math.min(0.5, room.min * 0.9)),
    max: Math.min(10, Math.max(2, room.max * 1.1)),
    afterBuildTicks: (scale: { ticks: { value: number }[]; min: number; max: number }) => {
      scale.ticks = ticks.filter((value) => value >= scale.min && value <= scale.max).map((value) => ({ value }));
    },
    ticks: { ...axis.ticks, autoSkip: false, callback: (value: number | string) => String(value) },
    title: { ...axis.title, text: 'Ratio (logarithmic scale)' },
  } as typeof scales.x;
  return chart;
}
