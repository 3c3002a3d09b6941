import type { Value } from '../figure/figure.ts';
import { isBroken, shown } from '../figure/status.ts';

export interface Sparkline {
  line: string;
  bands: string[];
  /** Where the series begins anew. */
  breaks: number[];
  dot: { x: number; y: number } | null;
}

/** Smallest and largest of the values and their intervals, to give several sparklines one scale. */
export function rangeOf(values: Value[]): { min: number; max: number } {
  const all = values.flatMap((value) => {
    const number = shown(value);
    if (number === null) return [];
    return value.interval ? [number, value.interval.lower, value.interval.upper] : [number];
  });
  return { min: Math.min(...all), max: Math.max(...all) };
}

/** Path, interval bands and last point of a sparkline in a box of the given size, 3 px inside its edges. */
export function sparkline(values: Value[], width: number, height: number, range = rangeOf(values)): Sparkline {
  const inset = 3;
  const span = range.max - range.min || 1;
  const x = (place: number) =>
    Math.round((inset + (place / Math.max(1, values.length - 1)) * (width - 2 * inset)) * 10) / 10;
  const y = (number: number) =>
    Math.round((height - inset - ((number - range.min) / span) * (height - 2 * inset)) * 10) / 10;
  const runs: { place: number; value: Value; number: number }[][] = [[]];
  values.forEach((value, place) => {
    const number = shown(value);
    if (number === null) runs.push([]);
    else {
      if (isBroken(value)) runs.push([]);
      runs.at(-1)?.push({ place, value, number });
    }
  });
  const bands = runs
    .filter((run) => run.length > 1 && run.every((point) => point.value.interval))
    .map((run) => {
      const top = run.map((point) => `${x(point.place)} ${y(point.value.interval?.upper ?? 0)}`);
      const bottom = run.map((point) => `${x(point.place)} ${y(point.value.interval?.lower ?? 0)}`).reverse();
      return `M${[...top, ...bottom].join('L')}Z`;
    });
  const last = runs.flat().at(-1);
  return {
    line: runs
      .filter((run) => run.length > 0)
      .map((run) => `M${run.map((point) => `${x(point.place)} ${y(point.number)}`).join('L')}`)
      .join(''),
    bands,
    breaks: last ? values.flatMap((value, place) => (isBroken(value) ? [x(place)] : [])) : [],
    dot: last ? { x: x(last.place), y: y(last.number) } : null,
  };
}
