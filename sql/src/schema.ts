// Generated from sql/lattice/release.sql by sql/src/generate.ts; do not edit.

export interface AreaRow {
  level: string;
  code: string;
  label: string;
  label_cy: string | null;
  nation: string | null;
  region: string | null;
  system: string | null;
  kind: string | null;
  size_band: string | null;
  valid_from: Date | null;
  valid_to: Date | null;
  successor: string | null;
}

export interface AudienceRow {
  id: string;
  label: string;
  d: number;
  v: number;
  js: number;
  display_minimum: number;
  rate_minimum: number;
}

export interface BreakRow {
  nation: string | null;
  from_date: Date;
  tally: string;
  label: string;
  meaning: string;
  source: string;
}

export interface CategoryRow {
  dimension: string;
  code: string;
  label: string;
  label_cy: string | null;
  sort: number;
  valid_from: Date | null;
  valid_to: Date | null;
}

export interface CellRow {
  set: string;
  grain: string;
  level: string;
  area: string;
  period_end: Date;
  a: string | null;
  b: string | null;
  c: string | null;
  tally: string;
  value: number | null;
}

export interface ChangeRow {
  kind: string;
  subject: string;
  detail: string;
}

export interface DimensionRow {
  id: string;
  label: string;
  sensitive: boolean;
  protected_characteristic: boolean;
  sort: number;
}

export interface MarkRow {
  grain: string;
  level: string;
  area: string;
  period_end: Date;
  of: string;
  kind: string;
  available: boolean;
  reporters: number | null;
  employers: number | null;
  share: number | null;
  note: string;
}

export interface PeriodRow {
  grain: string;
  period_end: Date;
  period_start: Date | null;
  label: string;
  flows: boolean;
  provisional: boolean;
}

export interface PolicyRow {
  grain: string;
  level: string;
  set: string;
  tally: string;
}

export interface PublishedCellRow {
  feed: string;
  set: string;
  grain: string;
  level: string;
  area: string;
  period_end: Date;
  a: string | null;
  b: string | null;
  c: string | null;
  tally: string;
  value: number | null;
}

export interface PublishedFeedRow {
  feed: string;
  title: string;
  publisher: string;
  licence: string;
  url: string | null;
  note: string | null;
}

export interface PublishedPeriodRow {
  feed: string;
  grain: string;
  period_end: Date;
  period_start: Date | null;
  label: string;
  complete: boolean;
}

export interface QualityRow {
  section: string;
  item: string;
  area: string | null;
  period_end: Date | null;
  value: number | null;
  unit: string | null;
  alert: boolean | null;
  note: string | null;
}

export interface ReleaseRow {
  version: string;
  title: string;
  created_at: Date;
  published_at: Date | null;
  synthetic: boolean;
  has_extracts: boolean;
  has_published: boolean;
  code_version: string;
  citation: string;
  licence: string;
}

export interface ReportingRow {
  organisation: string;
  period_end: Date;
  received: boolean;
}

export interface VacancyMethodRow {
  grain: string;
  level: string;
  area: string;
  period_end: Date;
  code: string;
  label: string;
  meaning: string;
}

export interface WithheldRow {
  set: string;
  grain: string;
  level: string;
  area: string;
  period_end: Date;
  a: string | null;
  b: string | null;
  c: string | null;
  tally: string;
}

/** The tables of a release file. */
export interface ReleaseSchema {
  area: AreaRow;
  audience: AudienceRow;
  break: BreakRow;
  category: CategoryRow;
  cell: CellRow;
  change: ChangeRow;
  dimension: DimensionRow;
  mark: MarkRow;
  period: PeriodRow;
  policy: PolicyRow;
  published_cell: PublishedCellRow;
  published_feed: PublishedFeedRow;
  published_period: PublishedPeriodRow;
  quality: QualityRow;
  release: ReleaseRow;
  reporting: ReportingRow;
  vacancy_method: VacancyMethodRow;
  withheld: WithheldRow;
}
