import type { ChartConfiguration, Plugin } from 'chart.js';
import type { Figure } from '../figure/figure.ts';

/** The room a chart has, in CSS pixels; `hidden` are keys of series that the reader switched off. */
export interface Frame {
  width: number;
  height: number;
  hidden?: ReadonlySet<string>;
}

/**
 * Makes the Chart.js configuration of one kind of figure. A new object every time: Chart.js changes what it is given,
 * and a shared `options` object makes later charts come out empty.
 */
export type ChartKind = (figure: Figure, frame: Frame) => ChartConfiguration;

export type { ChartConfiguration, Plugin };
