import type { Figure, Series, Value } from './figure.ts';
import { format } from './format.ts';
import { shown } from './status.ts';

const none: Value = { value: null, status: 'NOT_AVAILABLE', display: '[x]' };

/**
 * The same figure as shares of each row's sum, with the counts kept as columns of the table. A row where any part is
 * withheld has no shares: a share of an unknown whole would be wrong, and would give the hidden part away.
 */
export function toShares(figure: Figure): Figure {
  const parts = figure.series.filter((series) => series.role === 'value');
  const shareAt = (series: Series, row: number): Value => {
    const all = parts.map((part) => shown(part.values[row]));
    const whole = all.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
    const own = shown(series.values[row]);
    if (!whole || own === null) return none;
    return {
      value: own / whole,
      status: 'OK',
      display: format(own / whole, 'percent'),
      flags: series.values[row]?.flags,
    };
  };
  return {
    ...figure,
    kind: 'share',
    unit: 'percent',
    series: [
      ...parts.map((series) => ({ ...series, values: figure.rows.map((_, row) => shareAt(series, row)) })),
      ...parts.map((series) => ({
        ...series,
        key: `${series.key}-count`,
        label: `${series.label}, ${figure.unit === 'fte' ? 'FTE' : 'people'}`,
        role: 'count' as const,
        unit: figure.unit,
      })),
    ],
  };
}

/** Keeps the `keep` largest series of the last row and adds the others up as "All other", so that a picture stays readable. */
export function foldSeries(figure: Figure, keep: number): Figure {
  if (figure.series.length <= keep + 1) return figure;
  const last = figure.rows.length - 1;
  const size = (series: Series) => shown(series.values[last]) ?? -1;
  const largest = [...figure.series].sort((one, other) => size(other) - size(one)).slice(0, keep);
  const kept = figure.series.filter((series) => largest.includes(series));
  const rest = figure.series.filter((series) => !largest.includes(series));
  const sumAt = (row: number): Value => {
    const values = rest.map((series) => shown(series.values[row]));
    if (values.some((value) => value === null)) return none;
    const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0);
    return { value: sum, status: 'OK', display: format(sum, figure.unit) };
  };
  return {
    ...figure,
    series: [
      ...kept,
      { key: 'rest', label: 'All other', role: 'value', swatch: -1, values: figure.rows.map((_, row) => sumAt(row)) },
    ],
    caveats: [...figure.caveats, `All other is ${rest.map((series) => series.label).join(', ')}.`],
  };
}
