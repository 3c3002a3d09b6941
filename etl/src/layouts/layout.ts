/**
 * How a date is written. `YYYY-MM-DD 00:00:00` is a day that a database wrote as a moment, and only midnight is one. `Excel` is a day number of the
 * 1900 system, from 61 (1 March 1900): before, spreadsheets count a day that never was. `YYYYMM` and `Mon-YY` are month ends.
 * A year of two digits (`DD-MON-YY`, `DD/MM/YY`) is the latest that is not after the next one: 01-JAN-65 is in 1965. It is read only where a layout names it.
 */
export const dateFormats = [
  'YYYY-MM-DD',
  'YYYY-MM-DD 00:00:00',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'DD-MON-YYYY',
  'DD-MON-YY',
  'DD/MM/YY',
  'YYYYMM',
  'Mon-YY',
  'Excel',
] as const;
export type DateFormat = (typeof dateFormats)[number];

/**
 * How one supplier's columns and code values map to an extract's columns. Data only: a new supplier is a new file in this folder
 * that exports `layouts`.
 */
export type Layout = {
  id: string;
  title: string;
  /** The extract the file becomes. */
  extract: string;
  /** Where the names come from. */
  source?: string;
  /** Header names accepted for a column besides its own name. Case, spaces, underscores, hyphens and order never matter. */
  headers?: Record<string, readonly string[]>;
  /** Values of a column in the supplier's words, in lower case, and ours. */
  codes?: Record<string, Record<string, string>>;
  /** Values of columns that the file does not have, the same in every row: the organisation of a file that one employer sends,
   * say. They hold only where the file has a name that is the layout’s own. */
  constants?: Record<string, string>;
  /** Supplier columns that are read past and never stored. */
  ignored?: readonly string[];
  /** Texts that mean "not recorded" in this layout besides the blank. */
  missing?: readonly string[];
  /** How dates are written, one form or several that cannot be mistaken for one another; never guessed. ISO by default. */
  dates?: Record<string, DateFormat | readonly DateFormat[]>;
  /** Columns whose values only look like staff record or registration numbers, and are pseudonyms: the supplier has said so. */
  pseudonyms?: readonly string[];
  /** Drop spaces around values (counted in a warning). By default they quarantine the row where they matter. */
  trims?: boolean;
  delimiter?: ',' | ';' | '\t' | '|';
  encoding?: 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
  /** The last line may lack its line end. By default such a file is refused: it may have been cut short. */
  openEnded?: boolean;
};
