import type { QualityEntry, QualityReport } from '../releases/quality.ts';

/** Sections in the order of telling, and their headings. */
export const sections: readonly [id: string, heading: string][] = [
  ['rejects', 'Rows quarantined, by reason'],
  ['miscoding', 'Miscoding'],
  ['override', 'Overrides applied'],
  ['not_counted', 'Loaded and not counted'],
  ['uniqueness', 'People who stand out in the extracts'],
  ['unknown_share', 'Not recorded'],
  ['reclassified', 'Reclassified beyond max(5, 3 %)'],
  ['residual', 'Residuals: start + joiners − leavers against end'],
  ['total', 'Printed totals against the sum of their parts'],
  ['withheld', 'Official figures that the publisher withholds'],
  ['ledger', 'Ledger'],
  ['staleness', 'Staleness'],
  ['reporting', 'Organisations reporting, by month'],
  ['coverage', 'Coverage, by organisation'],
];

/** The report as lines for a terminal: alerts are marked !, and of each section at most `most` lines are shown, alerts first. */
export function qualityText(entries: readonly QualityEntry[], most: number): string[] {
  return sections.flatMap(([id, heading]) => {
    const own = entries.filter(({ section }) => section === id);
    if (own.length === 0) return [];
    const shown = [...own.filter(({ alert }) => alert), ...own.filter(({ alert }) => !alert)].slice(0, most);
    const alerts = own.filter(({ alert }) => alert).length;
    return [
      `${heading}${alerts > 0 ? ` (${alerts} to look into)` : ''}`,
      ...shown.map(entryText),
      ...(own.length > shown.length ? [`    … ${own.length - shown.length} more (--all)`] : []),
    ];
  });
}

function entryText({ item, area, period_end, value, unit, alert, note }: QualityEntry): string {
  const what = [item.replaceAll('_', ' '), area, period_end].filter(Boolean).join(', ');
  const number = value === null ? '' : `${valueText(value, unit)}  `;
  return `  ${alert ? '!' : ' '} ${number.padStart(number ? 10 : 0)}${what}${note ? ` (${note})` : ''}`;
}

/** 0.1234 of a share as "12.3 %", 1234 rows as "1,234 rows". */
export function valueText(value: number, unit: string | null): string {
  if (unit === 'share') return `${(100 * value).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;
  const number = value.toLocaleString('en-GB', { maximumFractionDigits: 3 });
  return unit === null || unit === 'count' ? number : `${number} ${unit}`;
}

/** The whole report: the files first, then every section, then what changed. */
export function reportText({ version, rows, inputs, entries, changes }: QualityReport, most: number): string {
  const n = (value: number) => value.toLocaleString('en-GB');
  const partly = inputs.filter(({ quarantined }) => quarantined > 0).sort((a, b) => b.quarantined - a.quarantined);
  return [
    `Release ${version}: ${n(rows.read)} rows read = ${n(rows.loaded)} loaded + ${n(rows.quarantined)} quarantined, from ${inputs.length} files`,
    ...partly
      .slice(0, most)
      .map(({ file, read, quarantined }) => `    ${file}: ${n(quarantined)} of ${n(read)} quarantined`),
    ...qualityText(entries, most),
    changes.length > 0 ? 'What changed against the release before' : 'Nothing changed against the release before',
    ...changes.slice(0, most).map(({ kind, subject, detail }) => `    ${kind} ${subject}: ${detail}`),
    ...(changes.length > most ? [`    … ${changes.length - most} more (--all)`] : []),
  ].join('\n');
}
