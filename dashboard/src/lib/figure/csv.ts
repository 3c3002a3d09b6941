import { type Figure, unitAt, type Value } from './figure.ts';
import { inUnit } from './format.ts';
import { shown } from './status.ts';

/**
 * A spreadsheet may run a cell that begins with one of these as a formula, in full width and small form too, behind blanks and characters that are
 * not seen; an apostrophe in front makes it text again.
 */
const formulaStart = /^[\s\p{C}\p{Z}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|^[\t\r\n]/u;

/** One CSV field: numbers as they are, text quoted where needed and never a formula. */
export function csvField(content: string | number | null): string {
  if (content === null) return '';
  if (typeof content === 'number') return String(content);
  const safe = formulaStart.test(content) ? `'${content}` : content;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rounds away the binary tail of a scaled number (0.07 × 100), keeping ten significant figures. */
function exact(value: number): number {
  return Number(value.toPrecision(10));
}

function valueFields(value: Value, unit: Figure['unit']): (string | number | null)[] {
  const number = shown(value);
  const interval = number === null ? null : value.interval;
  return [
    number === null ? null : exact(inUnit(number, unit)),
    interval ? exact(inUnit(interval.lower, unit)) : null,
    interval ? exact(inUnit(interval.upper, unit)) : null,
    interval ? interval.level : null,
    value.status.toLowerCase(),
    (value.flags ?? []).join(' ').toLowerCase(),
  ];
}

/**
 * The figure as tidy CSV (RFC 4180): one line per row and series, empty value where a number is withheld.
 * Percentages are on the 0–100 scale. The last columns say which release and which kind of data.
 */
export function toCsv(figure: Figure): string {
  const head = [
    ...figure.rowHeads.map((name) => name.toLowerCase().replaceAll(/\W+/g, '_')),
    ...[
      'series',
      'measure',
      'unit',
      'value',
      'lower',
      'upper',
      'interval_level',
      'status',
      'flags',
      'reading',
      'release',
      'data',
    ],
  ];
  const lines = figure.rows.flatMap((row, place) =>
    figure.series.map((series) => {
      const unit = unitAt(figure, series, place);
      const value = series.values[place] ?? { value: null, status: 'NOT_AVAILABLE', display: '' };
      const { release, dataKind } = figure.provenance;
      return [
        ...row.labels,
        series.label,
        figure.title,
        unit,
        ...valueFields(value, unit),
        series.marks?.[place]?.text ?? '',
        release,
        dataKind,
      ];
    }),
  );
  return [head, ...lines].map((fields) => fields.map(csvField).join(',')).join('\r\n') + '\r\n';
}

/** The name of the file, saying what it is and whether the data are a sample. */
export function csvName(figure: Figure): string {
  const kind = figure.provenance.dataKind.toLowerCase().replaceAll(/\W+/g, '-');
  return `ahp-support-${figure.id}-${figure.provenance.release}-${kind}.csv`;
}
