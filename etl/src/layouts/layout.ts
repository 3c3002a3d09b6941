export type DateFormat = 'YYYY-MM-DD' | 'DD/MM/YYYY' | 'DD-MON-YYYY' | 'YYYYMM' | 'Mon-YY';

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
  /** Supplier columns that are read past and never stored. */
  ignored?: readonly string[];
  /** Texts that mean "not recorded" in this layout besides the blank. */
  missing?: readonly string[];
  /** How dates are written; one form per column, never guessed. ISO by default. */
  dates?: Record<string, DateFormat>;
  /** Drop spaces around values (counted in a warning). By default they quarantine the row where they matter. */
  trims?: boolean;
  delimiter?: ',' | ';' | '\t' | '|';
  encoding?: 'utf-8' | 'windows-1252' | 'utf-16le';
  /** The last line may lack its line end. By default such a file is refused: it may have been cut short. */
  openEnded?: boolean;
};
