import { monthYear } from '#lib/figure/dates.ts';
import type { QualityEntry } from '#lib/server/quality.ts';

/** One part of the report on the data, as a table. */
export interface Section {
  id: string;
  heading: string;
  /** What it means and what to do about it, in a sentence. */
  lead: string;
  alerts: number;
  columns: { label: string; numeric: boolean }[];
  rows: { cells: string[]; alert: boolean }[];
  more: number;
}

interface About {
  id: string;
  heading: string;
  lead: string;
  /** What the columns item, area, period and value are called here; left out where a section has none. */
  item?: string;
  area?: string;
  period?: string;
  value?: string;
  note?: string;
}

const about: readonly About[] = [
  {
    id: 'rejects',
    heading: 'Rows not taken, by reason',
    lead: 'Rows whose value could not be read as what it should be. Nothing is guessed and nothing is dropped in silence: the operator has file, line and column of each.',
    item: 'Reason',
    value: 'Rows',
    note: 'Extract',
  },
  {
    id: 'miscoding',
    heading: 'Miscoding',
    lead: 'Codes that do not fit one another. They are counted as they were sent, unless an override below says otherwise.',
    item: 'What',
    value: 'Share',
    note: 'Of',
  },
  {
    id: 'override',
    heading: 'Overrides',
    lead: 'Occupation codes that were read as another one, because somebody decided so.',
    item: 'Code',
    note: 'Why',
  },
  {
    id: 'not_counted',
    heading: 'Loaded and not counted',
    lead: 'Rows that the rules of these statistics leave out of every figure.',
    item: 'What',
    value: 'Share of rows',
  },
  {
    id: 'unknown_share',
    heading: 'Not recorded',
    lead: 'How many people have no value for a characteristic, in the latest quarter. Above 20 %, read rates by it with care.',
    item: 'Characteristic',
    area: 'Place',
    value: 'Not recorded',
  },
  {
    id: 'residual',
    heading: 'Official figures that do not add up',
    lead: 'Organisations whose published start, joiners and leavers do not give the published end: by more than five people and more than 3 % of the start. Mostly people who were coded anew.',
    item: 'Publication and staff group',
    area: 'Organisation',
    period: 'Month',
    value: 'Unexplained',
    note: 'How',
  },
  {
    id: 'ledger',
    heading: 'The ledger',
    lead: 'In the extracts, everybody at the start who is not at the end has gone somewhere: checked for every organisation and period before anything is published.',
    item: 'What',
    value: 'Found',
    note: 'Rule',
  },
  {
    id: 'staleness',
    heading: 'How recent',
    lead: 'The latest month of each nation and publication, and how far it is behind the latest of all.',
    item: 'Source',
    area: 'Nation',
    period: 'Latest month',
    value: 'Behind',
  },
  {
    id: 'coverage',
    heading: 'Coverage by organisation',
    lead: 'In how many of the months an organisation reported. A gap looks like people leaving and joining; a merger is no gap.',
    area: 'Organisation',
    value: 'Months reported',
    note: 'Which',
  },
];

/** How many rows of a section a page shows; the file has all. */
const most = 25;

/** The report section by section, what should be looked into first. */
export function sectionsOf(entries: readonly QualityEntry[]): Section[] {
  const listed = about.flatMap((one) => {
    const own = entries.filter(({ section }) => section === one.id);
    return own.length > 0 ? [sectionOf(one, own)] : [];
  });
  const reporting = reportingOf(entries.filter(({ section }) => section === 'reporting'));
  return reporting ? [...listed, reporting] : listed;
}

function sectionOf(one: About, own: readonly QualityEntry[]): Section {
  const size = ({ value }: QualityEntry) => Math.abs(value ?? 0);
  const least = one.id === 'coverage';
  const sorted = own.toSorted(
    (a, b) => Number(b.alert) - Number(a.alert) || (least ? size(a) - size(b) : size(b) - size(a)),
  );
  const parts: [string | undefined, boolean, (entry: QualityEntry) => string][] = [
    [one.item, false, ({ item }) => sentence(item)],
    [one.area, false, ({ area, areaLabel }) => areaLabel ?? (area ? sentence(area) : '')],
    [one.period, false, ({ periodEnd }) => (periodEnd ? monthYear(periodEnd) : '')],
    [one.value, true, ({ value, unit, section }) => valueText(value, unit, section)],
    [one.note, false, ({ note }) => note ?? ''],
  ];
  const used = parts.filter(([label]) => label);
  return {
    id: one.id,
    heading: one.heading,
    lead: one.lead,
    alerts: own.filter(({ alert }) => alert).length,
    columns: used.map(([label, numeric]) => ({ label: label!, numeric })),
    rows: sorted
      .slice(0, most)
      .map((entry) => ({ cells: used.map(([, , text]) => text(entry)), alert: entry.alert ?? false })),
    more: Math.max(0, sorted.length - most),
  };
}

/** How many organisations of each nation reported, a row for each of the latest 24 months. */
function reportingOf(entries: readonly QualityEntry[]): Section | null {
  if (entries.length === 0) return null;
  const nations = [...new Map(entries.map(({ area, areaLabel }) => [area ?? '', areaLabel ?? area ?? '']))];
  const months = [...new Set(entries.flatMap(({ periodEnd }) => periodEnd ?? []))].sort().reverse();
  const of = (month: string, nation: string) =>
    entries.find(({ area, periodEnd }) => area === nation && periodEnd === month);
  return {
    id: 'reporting',
    heading: 'Organisations reporting, by month',
    lead: 'A month in which fewer organisations reported than in the one before is marked; mergers are not.',
    alerts: entries.filter(({ alert }) => alert).length,
    columns: [
      { label: 'Month', numeric: false },
      ...nations.map(([, label]) => ({ label, numeric: true })),
    ],
    rows: months.slice(0, 24).map((month) => ({
      cells: [monthYear(month), ...nations.map(([code]) => valueText(of(month, code)?.value ?? null, 'count', ''))],
      alert: nations.some(([code]) => of(month, code)?.alert),
    })),
    more: Math.max(0, months.length - 24),
  };
}

function valueText(value: number | null, unit: string | null, section: string): string {
  if (value === null) return '';
  if (unit === 'share') return `${(100 * value).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;
  const number = Math.abs(value).toLocaleString('en-GB', { maximumFractionDigits: 3 });
  if (section === 'residual' && unit === 'people') return `${value < 0 ? '−' : '+'}${number}`;
  return unit === 'months' ? `${number} ${value === 1 ? 'month' : 'months'}` : number;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1).replaceAll('_', ' ');
