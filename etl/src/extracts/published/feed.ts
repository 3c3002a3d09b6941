import type { Layout } from '../../layouts/layout.ts';
import type { Extract } from '../extract.ts';

/** An official publication: the columns of its file, how it writes them, and how its rows become published figures. */
export type Feed = {
  /** Its columns; loaded into a table of that name. */
  extract: Extract;
  layout: Omit<Layout, 'extract'>;
  title: string;
  publisher: string;
  licence: string;
  url: string;
  note: string;
  /**
   * SQL that selects the columns of `published_row` from the feed's table. Totals printed among the parts (“All staff groups”) become rows of the
   * set without that dimension and are never summed with the parts.
   */
  rows: string;
  /** SQL that selects code, label, nation, region, system, kind, as_at of the organisations it names. */
  organisations?: string;
  /** SQL that selects one sentence for each thing in the loaded files that does not agree with itself. */
  disagreements?: string;
};

export const openGovernmentLicence = 'Open Government Licence v3.0';

/** The columns of `published_row`, in order. A figure that the publisher keeps back is a row without a value, and `withheld` says why: it is in no sum and never 0. */
export const publishedColumns = [
  'feed varchar',
  'level varchar',
  'area varchar',
  'area_label varchar',
  'grain varchar',
  'period_start date',
  'period_end date',
  'period_label varchar',
  'complete boolean',
  '"set" varchar',
  'a varchar',
  'a_label varchar',
  'b varchar',
  'b_label varchar',
  'c varchar',
  'c_label varchar',
  'tally varchar',
  'value double',
  'withheld varchar',
  'source_file integer',
  'line bigint',
] as const;
