/** What one request may ask for. Stated in the schema and in every answer; all but `cells` are checked before anything runs. */
export const limits = {
  /** Deepest nesting of fields. */
  depth: 8,
  /** Fields in one request, fragments spread out. */
  breadth: 400,
  /** Times that one field of a selection may be asked for under different names. */
  aliases: 15,
  /** Root fields in one request. */
  roots: 15,
  /** Directives in one request. */
  directives: 20,
  /** Operations and fragments in one document. */
  definitions: 60,
  /** Lists, objects or fragments without a name inside each other, in a document; and in its variables. */
  nesting: 12,
  /** Words and signs in a document. */
  tokens: 3000,
  /** Cells that the answers to one request may be made of. */
  cells: 5000,
  /** Lines (groups) in one answer. */
  first: 1000,
  /** Cells that the answers in one file may be made of. */
  fileCells: 100_000,
  /** Lines (groups) in one table of a file. */
  fileFirst: 50_000,
  /** Bytes in the body of a request. */
  bodyBytes: 64 * 1024,
} as const;

/** How much one request may ask for: a file more than an answer that is read on a page. */
export interface Extents {
  cells: number;
  first: number;
  /** Whether every line is meant where the question does not say how many. */
  whole: boolean;
}
export const ofPage: Extents = { cells: limits.cells, first: limits.first, whole: false };
export const ofFile: Extents = { cells: limits.fileCells, first: limits.fileFirst, whole: true };
