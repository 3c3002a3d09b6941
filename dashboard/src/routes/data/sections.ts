import { monthYear } from '#lib/figure/dates.ts';
import type { QualityEntry } from '#lib/server/quality.ts';

/** One part of the report on the data, as a table. */
export interface Section {
  id: string;
  heading: string;
  /** What it means and what to do about it, in a sentence. */
  lead: string;
  alerts: number;
  columns: { label: string; numeric: boolean; /** Holds sentences, which need their width. */ sentence?: boolean }[];
  rows: { cells: string[]; alert: boolean }[];
  more: number;
  /** What is not listed because there is nothing to say of it. */
  rest?: string;
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
    id: 'eligibility',
    heading: 'What is not counted, by nation',
    lead: 'The rule of each nation for the posts that count at all.',
    item: 'Not counted',
    area: 'Nation',
    note: 'Rule',
  },
  {
    id: 'uniqueness',
    heading: 'How far people stand out in the extracts',
    lead: 'How many people share all that the extracts record of them (organisation, occupation, band, age band, sex, ethnic group and so on) with nobody or with few, to the nearest 5 %. This is why the extracts stay with the operator, and why this service holds no row of anybody.',
    item: 'With that combination',
    value: 'People',
  },
  {
    id: 'reclassified',
    heading: 'Coded anew',
    lead: 'Organisations in which many people began or ceased to be coded as AHP support without a change of job: more than five and more than 3 % of the start. Their headcount moved without anybody joining or leaving.',
    area: 'Organisation',
    period: 'Quarter to',
    value: 'Net',
    note: 'How',
  },
  {
    id: 'residual',
    heading: 'Official figures that do not add up',
    lead: 'Organisations whose published start, joiners and leavers do not give the published end: by more than five people and more than 3 % of the start. Mostly people who were coded anew.',
    item: 'Staff group',
    area: 'Organisation or publication',
    period: 'Month',
    value: 'Unexplained',
    note: 'How',
  },
  {
    id: 'total',
    heading: 'Official totals and their parts',
    lead: 'Totals that a publication prints among its parts, where the two differ by more than five and more than 3 %, or where the total is not there. People with posts in two groups are in both, so that a little more is usual.',
    item: 'Figure',
    area: 'Organisation or publication',
    period: 'Period to',
    value: 'Parts less total',
    note: 'How',
  },
  {
    id: 'withheld',
    heading: 'Official figures that the publisher withholds',
    lead: 'Figures that a publication leaves blank or marks. They are shown as withheld, never as 0, and are left out of sums.',
    item: 'Why',
    area: 'Publication',
    period: 'Latest month',
    value: 'Figures',
    note: 'Of',
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
    lead: 'In how many of the months an organisation reported. Of organisations with ten people or more, nobody counts as leaving or joining across a gap; a merger is no gap. One that opened or closed needs the day in the list of organisations: until then its first month, or the one after its last, is a gap too.',
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
  return [...listed, ...crossed.flatMap((one) => crossedOf(one, entries) ?? [])];
}

function sectionOf(one: About, own: readonly QualityEntry[]): Section {
  const size = ({ value }: QualityEntry) => Math.abs(value ?? 0);
  const least = one.id === 'coverage';
  const whole = least ? own.filter(({ value, alert }) => value === 1 && !alert) : [];
  // A count of all statements of a section says how much they weigh.
  const counts = ({ unit, alert }: QualityEntry) => Number(unit === 'count' && !alert);
  const sorted = own
    .filter((entry) => !whole.includes(entry))
    .toSorted(
      (a, b) =>
        counts(b) - counts(a) ||
        Number(b.alert) - Number(a.alert) ||
        (least ? size(a) - size(b) : size(b) - size(a)),
    );
  const parts: [string | undefined, 'numeric' | 'sentence' | '', (entry: QualityEntry) => string][] = [
    [one.item, '', ({ item }) => sentence(item)],
    [one.area, '', ({ area, areaLabel }) => areaLabel ?? (area ? sentence(area) : '')],
    [one.period, '', ({ periodEnd }) => (periodEnd ? monthYear(periodEnd) : '')],
    [one.value, 'numeric', ({ value, unit }) => valueText(value, unit)],
    [one.note, 'sentence', ({ note }) => (note ?? '').replace(/^share of /, '')],
  ];
  const used = parts.filter(([label]) => label);
  return {
    id: one.id,
    heading: one.heading,
    lead: one.lead,
    alerts: own.filter(({ alert }) => alert).length,
    columns: used.map(([label, kind]) => ({ label: label!, numeric: kind === 'numeric', sentence: kind === 'sentence' })),
    rows: sorted
      .slice(0, most)
      .map((entry) => ({ cells: used.map(([, , text]) => text(entry)), alert: entry.alert ?? false })),
    more: Math.max(0, sorted.length - most),
    rest: whole.length > 0 ? restText(whole.length, sorted.length) : undefined,
  };
}

/** "The other 31 reported every month." */
function restText(whole: number, others: number): string {
  const n = whole.toLocaleString('en-GB');
  if (others === 0) return whole === 1 ? 'It reported every month.' : `All ${n} reported every month.`;
  return whole === 1 ? 'The other one reported every month.' : `The other ${n} reported every month.`;
}

/** Sections told as one line for each item or month and one column for each place. */
const crossed = [
  {
    id: 'unknown_share',
    heading: 'Not recorded',
    lead: 'Of how many people a characteristic is not known, in the latest quarter. Above 20 %, read rates by it with care.',
    line: 'Characteristic',
    key: ({ item }: QualityEntry) => item,
    label: (key: string) => sentence(key),
    latestFirst: false,
  },
  {
    id: 'reporting',
    heading: 'Organisations reporting, by month',
    lead: 'A month is marked when an organisation that reported in the one before did not; mergers, and those that the list of organisations closes, are not.',
    line: 'Month',
    key: ({ periodEnd }: QualityEntry) => periodEnd ?? '',
    label: (key: string) => (key ? monthYear(key) : ''),
    latestFirst: true,
  },
];

function crossedOf(one: (typeof crossed)[number], entries: readonly QualityEntry[]): Section | null {
  const own = entries.filter(({ section }) => section === one.id);
  if (own.length === 0) return null;
  const places = [...new Map(own.map(({ area, areaLabel }) => [area ?? '', areaLabel ?? area ?? '']))].sort(
    ([a], [b]) => Number(b === 'uk') - Number(a === 'uk') || (a < b ? -1 : 1),
  );
  const keys = [...new Set(own.map(one.key))].sort();
  if (one.latestFirst) keys.reverse();
  const cell = (key: string, place: string) => own.find((entry) => one.key(entry) === key && entry.area === place);
  return {
    id: one.id,
    heading: one.heading,
    lead: one.lead,
    alerts: own.filter(({ alert }) => alert).length,
    columns: [{ label: one.line, numeric: false }, ...places.map(([, label]) => ({ label, numeric: true }))],
    rows: keys.slice(0, most).map((key) => ({
      cells: [
        one.label(key),
        ...places.map(([place]) => {
          const entry = cell(key, place);
          return entry ? `${entry.alert ? '▲ ' : ''}${valueText(entry.value, entry.unit)}` : '';
        }),
      ],
      alert: false,
    })),
    more: Math.max(0, keys.length - most),
  };
}

function valueText(value: number | null, unit: string | null): string {
  if (value === null) return '';
  if (unit === 'share') return `${(100 * value).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;
  const number = Math.abs(value).toLocaleString('en-GB', { maximumFractionDigits: 3 });
  if (unit === 'people' || unit === 'FTE') return `${value < 0 ? '−' : '+'}${number}`;
  if (unit === 'months') return value === 0 ? 'up to date' : `${number} ${value === 1 ? 'month' : 'months'}`;
  return number;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1).replaceAll('_', ' ');
