import type { QualityEntry, QualityReport } from '../releases/quality.ts';

/** Sections in the order of telling, and their headings. */
export const sections: readonly [id: string, heading: string][] = [
  ['rejects', 'Rows quarantined, by reason'],
  ['plausibility', 'Months that look wrong: accepted, left out, or to look into'],
  ['miscoding', 'Miscoding'],
  ['override', 'Overrides applied'],
  ['eligibility', 'What is not counted, by the rule of each nation'],
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
    // A count of all statements of a section says how much those to look into weigh.
    const rank = ({ alert, unit }: QualityEntry) => (alert ? 1 : unit === 'count' ? 0 : 2);
    const shown = own.toSorted((a, b) => rank(a) - rank(b)).slice(0, most);
    const alerts = own.filter(({ alert }) => alert).length;
    return [
      `${heading}${alerts > 0 ? ` (${alerts} to look into)` : ''}`,
      ...shown.map((entry) => entryText(entry, Math.max(...shown.map((one) => numberText(one).length)))),
      ...(own.length > shown.length ? [`    … ${own.length - shown.length} more (--all)`] : []),
    ];
  });
}

function entryText(entry: QualityEntry, width: number): string {
  const { item, area, period_end, alert, note } = entry;
  const what = [item.replaceAll('_', ' '), area, period_end].filter(Boolean).join(', ');
  const number = numberText(entry);
  return `  ${alert ? '!' : ' '} ${number.padStart(width)}${width > 0 ? '  ' : ''}${what}${note ? ` (${note})` : ''}`;
}

const numberText = ({ value, unit }: QualityEntry) => (value === null ? '' : valueText(value, unit));

/** 0.1234 of a share as "12.3 %", 1234 rows as "1,234 rows". */
export function valueText(value: number, unit: string | null): string {
  if (unit === 'share') return `${(100 * value).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;
  const number = value.toLocaleString('en-GB', { maximumFractionDigits: 3 });
  return unit === null || unit === 'count' ? number : `${number} ${unit}`;
}

/** How old the latest month may be before somebody should ask where the next one is: extracts of a month are usual within three. */
const fresh = 3;

/** What somebody should look into, section by section, and how old the latest month of people is on the day of asking. */
function headlines(entries: readonly QualityEntry[], today: Date): string[] {
  const alerts = sections.flatMap(([id]) => {
    const n = entries.filter(({ section, alert }) => section === id && alert).length;
    return n > 0 ? [`${id.replaceAll('_', ' ')} ${n}`] : [];
  });
  const ends = entries.flatMap(({ section, item, period_end }) =>
    section === 'staleness' && item === 'workforce extracts' && period_end ? [period_end] : [],
  );
  const latest = ends.sort().at(-1);
  const months = latest
    ? 12 * (today.getFullYear() - Number(latest.slice(0, 4))) + today.getMonth() + 1 - Number(latest.slice(5, 7))
    : 0;
  return [
    alerts.length > 0 ? `To look into: ${alerts.join(', ')}` : 'Nothing to look into',
    ...(latest
      ? [
          `${months > fresh ? '! ' : ''}The latest month of people is ${latest.slice(0, 7)}, ${months} ${months === 1 ? 'month' : 'months'} ago`,
        ]
      : []),
  ];
}

/** The whole report: what to look into, the files, then every section, then what changed. */
export function reportText(
  { version, rows, inputs, entries, comparedWith, changes }: QualityReport,
  most: number,
  today = new Date(),
): string {
  const n = (value: number) => value.toLocaleString('en-GB');
  const partly = inputs.filter(({ quarantined }) => quarantined > 0).sort((a, b) => b.quarantined - a.quarantined);
  return [
    `Release ${version}: ${n(rows.read)} rows read = ${n(rows.loaded)} loaded + ${n(rows.quarantined)} quarantined, from ${inputs.length} files`,
    ...headlines(entries, today),
    ...partly
      .slice(0, most)
      .map(({ file, read, quarantined }) => `    ${file}: ${n(quarantined)} of ${n(read)} quarantined`),
    ...qualityText(entries, most),
    changed(comparedWith, changes.length),
    ...changes.slice(0, most).map(({ kind, subject, detail }) => `    ${kind} ${subject}: ${detail}`),
    ...(changes.length > most ? [`    … ${changes.length - most} more (--all)`] : []),
  ].join('\n');
}

function changed(comparedWith: string | null, changes: number): string {
  if (comparedWith === null) return 'The first release: there is none before it to be compared with';
  return changes > 0
    ? `What changed against release ${comparedWith}`
    : `Nothing changed against release ${comparedWith}`;
}
