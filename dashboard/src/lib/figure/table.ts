import { type Figure, type Unit, unitAt, type Value } from './figure.ts';
import { format, formatInterval } from './format.ts';
import { cellText, flagMarkers, markerNotes, shown } from './status.ts';

export interface Cell {
  text: string;
  /** Markers such as [p], and the interval where it has no column of its own. */
  small: string;
  value: number | null;
}

export interface Table {
  caption: string;
  heads: string[];
  columns: { label: string; numeric: boolean }[];
  rows: { key: string; heads: string[]; cells: Cell[]; strong: boolean }[];
  notes: string[];
}

interface Column {
  label: string;
  numeric: boolean;
  cell: (row: number) => Cell;
}

const text = (words: string): Cell => ({ text: words, small: '', value: null });

function percentLabel(level: number): string {
  return `${Math.round(level * 1000) / 10}%`;
}

function intervalCell(value: Value | undefined, unit: Unit): Cell {
  return text(value?.interval && shown(value) !== null ? formatInterval(value.interval, unit) : '');
}

function bandCell(value: Value | undefined, level: number, unit: Unit): Cell {
  const band =
    shown(value ?? { value: null, status: 'OK', display: '' }) === null
      ? undefined
      : value?.bands?.find((one) => one.level === level);
  return text(band ? formatInterval(band, unit) : '');
}

function columnsOf(figure: Figure): Column[] {
  const alone = figure.series.filter((series) => series.role === 'value').length === 1;
  return figure.series.flatMap((series) => {
    const level = series.values.find((value) => value.interval)?.interval?.level;
    const levels = [...new Set(series.values.flatMap((value) => value.bands?.map((band) => band.level) ?? []))];
    const apart = alone && level !== undefined;
    const main: Column = {
      label: series.label,
      numeric: true,
      cell: (row) => {
        const value = series.values[row];
        if (!value) return text('');
        const range =
          !apart && value.interval && shown(value) !== null
            ? `(${formatInterval(value.interval, unitAt(figure, series, row))})`
            : '';
        return {
          text: cellText(value),
          small: [flagMarkers(value), range].filter(Boolean).join(' '),
          value: shown(value),
        };
      },
    };
    return [
      main,
      ...(apart
        ? [
            {
              label: `${percentLabel(level)} interval`,
              numeric: true,
              cell: (row: number) => intervalCell(series.values[row], unitAt(figure, series, row)),
            },
          ]
        : []),
      ...levels.map((each) => ({
        label: `${percentLabel(each)} range`,
        numeric: true,
        cell: (row: number) => bandCell(series.values[row], each, unitAt(figure, series, row)),
      })),
      ...(series.marks
        ? [{ label: 'Reading', numeric: false, cell: (row: number) => text(series.marks?.[row]?.text ?? '') }]
        : []),
    ];
  });
}

/** The figure as a table: every number of the chart, with markers for what is withheld and a note for each marker. */
export function toTable(figure: Figure): Table {
  const columns = columnsOf(figure);
  return {
    caption: figure.subtitle,
    heads: figure.rowHeads,
    columns: columns.map(({ label, numeric }) => ({ label, numeric })),
    rows: figure.rows.map((row, place) => ({
      key: row.key,
      heads: row.labels,
      cells: columns.map((column) => column.cell(place)),
      strong: row.role === 'total' || row.role === 'highlight',
    })),
    notes: [
      ...figure.references.map((reference) => `${reference.label}: ${format(reference.value, figure.unit)}`),
      ...figure.annotations.map((note) => `${rowLabel(figure, note.at)}: ${note.label}`),
      ...markerNotes(figure.series.flatMap((series) => series.values)),
    ],
  };
}

function rowLabel(figure: Figure, key: string): string {
  return figure.rows.find((row) => row.key === key)?.labels.join(', ') ?? key;
}
