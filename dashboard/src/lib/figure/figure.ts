/** Whether a number may be shown, in the words of the API. */
export type Status =
  'OK' | 'CONFIDENTIAL' | 'NOT_APPLICABLE' | 'NOT_AVAILABLE' | 'CANNOT_TELL' | 'LOW' | 'LOW_RELIABILITY';
export type Flag =
  'PROVISIONAL' | 'REVISED' | 'BREAK' | 'ESTIMATED' | 'FORECAST' | 'LOW_RELIABILITY' | 'INCOMPLETE' | 'ACCEPTED';

/** In the unit of the value; level is a share, such as 0.95. */
export interface Interval {
  lower: number;
  upper: number;
  level: number;
}

/** One number with everything a reader must know about it. `value` is null whenever it is withheld. */
export interface Value {
  value: number | null;
  status: Status;
  display: string;
  interval?: Interval | null;
  /** Further intervals of a fan chart, widest last. */
  bands?: Interval[];
  flags?: Flag[];
}

export type Unit =
  | 'people'
  | 'fte'
  | 'roles'
  | 'percent'
  | 'points'
  | 'ratio'
  | 'per_100'
  | 'per_100k'
  | 'hours'
  | 'score'
  | 'domains'
  | 'months';

export type Kind =
  'line' | 'multiples' | 'bar' | 'share' | 'waterfall' | 'spc' | 'funnel' | 'survival' | 'flow' | 'ratio' | 'fan';

/**
 * One line of the table and one position of the chart: a period, a category, an organisation, a step or a flow.
 * `labels` has one text per `rowHeads` of the figure; `short` is the tick text where the label is long.
 * `unit` is there where rows count different things, as in a table of measures.
 * `role` matters to some kinds: waterfall (start, in, out, end), funnel and bar (highlight), any (rest, total).
 */
export interface Row {
  key: string;
  labels: string[];
  short?: string;
  unit?: Unit;
  role?: 'start' | 'in' | 'out' | 'end' | 'highlight' | 'rest' | 'total';
}

/** How a point of an SPC chart or funnel reads: its look, and the same in words for the table. */
export interface Mark {
  signal: 'common' | 'improvement' | 'concern' | 'neutral';
  text: string;
}

/**
 * One column of the table. `value` series are drawn as data; `centre` and `limit` as guide lines; `exposure` gives the
 * horizontal position in a funnel; `count` is in the table only (numbers at risk, counts behind a share).
 */
export interface Series {
  key: string;
  label: string;
  role: 'value' | 'centre' | 'limit' | 'exposure' | 'count';
  unit?: Unit;
  /** Place in the palette; the same thing has the same place on every page. */
  swatch?: number;
  values: Value[];
  marks?: (Mark | null)[];
}

/** A vertical note at a row (a break in the series, a policy date, recalculated limits). */
export interface Annotation {
  at: string;
  label: string;
  /** Shorthand before the label, which stands alone where there is no room: "[b]". */
  marker?: string;
}

/** A horizontal line across the chart (the national value, a target, a ratio of 1). */
export interface Reference {
  label: string;
  value: number;
}

/** A line of the picture alone, such as a limit of a funnel: no count of anybody, so not in the table. In the unit of the API. */
export interface Curve {
  label: string;
  role: 'centre' | 'limit';
  /** How a limit is drawn: near and far ones that allow for usual spread, and those of chance alone. */
  look?: 'near' | 'far' | 'chance';
  points: { x: number; y: number }[];
}

/** Where the numbers of a figure come from, and what a reader must be told with them. */
export interface Provenance {
  release: string;
  /** "Synthetic sample", "Official published figures" or "Person-level extracts". */
  dataKind: string;
  source: string;
  protection: string;
  citation: string;
  licence: string;
}

/** What the measure means; `id` leads to its page. */
export interface Meaning {
  id: string;
  title: string;
  plain: string;
  formula: string;
  source: string;
}

/**
 * What a page shows: rows × series of values, from which chart, table, sentence, alternative text and files are all made,
 * so that they cannot disagree. Values are as the API gives them; `inUnit` scales them for people.
 */
export interface Figure {
  /** Unique on its page; lower case with hyphens. */
  id: string;
  kind: Kind;
  /** What is counted, in a few words. */
  title: string;
  /** Measure, place and period: the statistical title. */
  subtitle: string;
  /** Overrides the computed headline. */
  headline?: string;
  /** Overrides the computed sentence under the subtitle. */
  sentence?: string;
  unit: Unit;
  rowHeads: string[];
  rows: Row[];
  series: Series[];
  /** Only funnels have them. */
  curves?: Curve[];
  annotations: Annotation[];
  references: Reference[];
  caveats: string[];
  provenance: Provenance;
  meaning?: Meaning;
  query?: { document: string; variables: Record<string, unknown> };
  /** Addresses relative to the site. */
  permalink: string;
  csv: string;
}

/** The series that are drawn as data. */
export function valueSeries(figure: Figure): Series[] {
  return figure.series.filter((series) => series.role === 'value');
}

/** The unit of one value: its row's own, its series' own, else the figure's. */
export function unitAt(figure: Figure, series: Series, row: number): Unit {
  return figure.rows[row]?.unit ?? series.unit ?? figure.unit;
}
