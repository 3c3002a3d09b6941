import type { Figure } from './figure.ts';
import { valueSeries } from './figure.ts';
import { shown } from './status.ts';

/** The figure with its rows in the order given by `order`, places in the old table. */
function reorder(figure: Figure, order: number[]): Figure {
  const pick = <T>(all: T[]): T[] => order.map((place) => all[place] as T);
  return {
    ...figure,
    rows: pick(figure.rows),
    series: figure.series.map((series) => ({
      ...series,
      values: pick(series.values),
      ...(series.marks ? { marks: pick(series.marks) } : {}),
    })),
  };
}

/** Largest first; rows that may not be shown come last, in their old order. */
export function byRank(figure: Figure): Figure {
  const values = valueSeries(figure)[0]?.values ?? [];
  const number = (place: number): number => shown(values[place]) ?? -Infinity;
  return reorder(
    figure,
    figure.rows.map((_, place) => place).sort((one, other) => number(other) - number(one) || one - other),
  );
}

/** Keeps the first `count` rows that have a number above zero and says in a caveat how many were left out. */
export function foldRows(figure: Figure, count: number): Figure {
  const values = valueSeries(figure)[0]?.values ?? [];
  const seen = figure.rows.flatMap((_, place) => ((shown(values[place]) ?? 0) > 0 ? [place] : []));
  const kept = seen.slice(0, count);
  const left = figure.rows.length - kept.length;
  if (left === 0 || kept.length === 0) return figure;
  return {
    ...reorder(figure, kept),
    caveats: [`The ${kept.length} largest are shown; ${left} more are smaller, zero or withheld.`, ...figure.caveats],
  };
}
