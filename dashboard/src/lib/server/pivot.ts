import type { Row, Series, Value } from '#lib/figure/figure.ts';
import { fixedSwatches } from '#lib/figure/palette.ts';
import type { AnswerRow, Dimension } from './question.ts';
import type { MeasureParts } from './fragments.ts';

/** What a table is laid out by: its periods, its places, or the categories of a dimension. */
export type Axis = 'period' | 'area' | Dimension;

/** Turns the label of a quarter or year into a tick: "Oct to Dec 2025" and "Q3 2025/26" become the month they end in. */
export function shortPeriod(end: string): string {
  return new Date(`${end}T00:00:00Z`).toLocaleDateString('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** Key, label and tick of a row of the answer along one axis. */
export function along(axis: Axis, row: AnswerRow): { key: string; label: string; short?: string } {
  if (axis === 'period') return { key: row.period.end, label: row.period.label, short: shortPeriod(row.period.end) };
  if (axis === 'area') return { key: row.area.code, label: row.area.label };
  const category = row.split[axis];
  return category ? { key: category.code, label: category.label } : { key: 'total', label: 'All' };
}

/** A measure of the API as a value of a figure. */
export function toValue(measure: Omit<MeasureParts, 'breaks'> | undefined): Value {
  if (!measure) return { value: null, status: 'NOT_AVAILABLE', display: '[x]' };
  const { value, status, display, interval, flags } = measure;
  return {
    value,
    status,
    display,
    interval: interval ? { lower: interval.lower, upper: interval.upper, level: interval.level } : null,
    flags,
  };
}

/**
 * Rows × series of one measure, in the order in which the answer first names them. A combination that the answer lacks is
 * not available, never zero.
 */
export function pivot(
  rows: AnswerRow[],
  measure: string,
  down: Axis,
  across: Axis | null,
  name: string,
): { rows: Row[]; series: Series[] } {
  const lines = new Map<string, Row>();
  const columns = new Map<string, { label: string; values: Map<string, Value> }>();
  for (const row of rows) {
    const line = along(down, row);
    const column = across ? along(across, row) : { key: 'value', label: name };
    if (!lines.has(line.key)) lines.set(line.key, { key: line.key, labels: [line.label], short: line.short });
    const held = columns.get(column.key) ?? { label: column.label, values: new Map<string, Value>() };
    held.values.set(line.key, toValue(row.measures[measure]));
    columns.set(column.key, held);
  }
  const keys = [...lines.keys()];
  if (down === 'period') keys.sort();
  return {
    rows: keys.map((key) => lines.get(key) as Row),
    series: [...columns].map(([key, { label, values }]) => ({
      key,
      label,
      role: 'value',
      swatch: fixedSwatches[key],
      values: keys.map((at) => values.get(at) ?? toValue(undefined)),
    })),
  };
}
