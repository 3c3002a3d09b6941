/**
 * What a column holds.
 * `reference`: a code of an open, dated list (organisation, occupation code): its shape is checked here, its membership when conformed.
 */
export type ColumnKind = 'text' | 'reference' | 'code' | 'date' | 'decimal' | 'integer' | 'flag';

export type Column = {
  name: string;
  kind: ColumnKind;
  /** One sentence for the documentation, the Frictionless schema and the data dictionary. */
  meaning: string;
  /** The file must have this column. */
  required?: boolean;
  /** No row may leave it blank. A blank means "not recorded". */
  filled?: boolean;
  /** `code`: every accepted value. */
  codes?: readonly string[];
  /** `text`, `reference`: the whole value must match (RE2 and JavaScript syntax alike). */
  pattern?: string;
  /** `decimal`: digits after the point; more digits are refused, never rounded. */
  scale?: number;
  /** `decimal`, `integer`: inclusive limits. */
  minimum?: number;
  maximum?: number;
  /** `date`: must be the last day of a month. */
  monthEnd?: boolean;
  /** `code`, `flag`: a word that the list does not have counts as not recorded and is told; it does not cost the row. */
  lenient?: boolean;
  /** Known of somebody outside the extract too, so that together with others it may single them out: tells of the post or of the person. */
  quasiIdentifier?: 'post' | 'person';
  example: string;
};

/** A rule over a row's typed values. `holds` is a SQL condition over column names that is true (or null) for a good row. */
export type Rule = { column: string; holds: string; reason: string; severity: 'quarantine' | 'warning' };

/** One file we are sent, or that an official publisher issues: its columns and rules, declared once. */
export type Extract = {
  name: string;
  title: string;
  meaning: string;
  /** What one row is. */
  grain: string;
  publisher?: string;
  columns: readonly Column[];
  /** Columns that together occur once; empty when rows have no natural key. */
  key: readonly string[];
  /** Rows that are alike in every column are one: the others are quarantined. */
  once?: boolean;
  rules?: readonly Rule[];
};

/** The DuckDB type of a column's values, ENUM where the list is closed. */
export function columnType(extract: Extract, column: Column): string {
  switch (column.kind) {
    case 'code':
      return enumName(extract, column);
    case 'date':
      return 'date';
    case 'decimal':
      return `decimal(${precision(column)}, ${column.scale ?? 5})`;
    case 'integer':
      return 'integer';
    case 'flag':
      return 'boolean';
    default:
      return 'varchar';
  }
}

function precision({ scale = 5, maximum = Infinity }: Column): number {
  if (scale > 5) return 38;
  return maximum < 1000 ? 8 : 18;
}

/** The name of the ENUM type that holds a closed list. */
export function enumName(extract: Extract, column: Column): string {
  return `${extract.name}_${column.name}_t`;
}
