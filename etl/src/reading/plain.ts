import { bytesOf } from './bytes.ts';

/** What a byte scan finds out about a text file. */
export type Scan = {
  bytes: number;
  /** Lines, the header among them. */
  lines: number;
  blank: number;
  lineEnd: 'lf' | 'crlf' | 'mixed' | 'none';
  finalNewline: boolean;
  bom: boolean;
  /** Whether a space stands at the beginning or end of any value. */
  padded: boolean;
  /** Empty when the file is plain; else what makes it not so. */
  because: Set<
    | 'quotes'
    | 'not ASCII'
    | 'control characters'
    | 'ragged lines'
    | 'blank lines'
    | 'blank rows'
    | 'mixed line ends'
    | 'long lines'
    | 'no final newline'
  >;
};

const longestLine = 1 << 16;

// What a byte may be, a bit each; an ordinary one has none.
const [delimiting, lf, cr, quote, control, beyondAscii, space] = [1, 2, 4, 8, 16, 32, 64] as const;
const edges = delimiting | lf | cr;

function classes(delimiter: string): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(control, 0, 32);
  table[127] = control;
  table.fill(beyondAscii, 128);
  table['"'.charCodeAt(0)] = quote;
  table['\n'.charCodeAt(0)] = lf;
  table['\r'.charCodeAt(0)] = cr;
  table[' '.charCodeAt(0)] = space;
  table[delimiter.charCodeAt(0)] = delimiting;
  return table;
}

/**
 * Reads every byte once and says whether the file is plain: printable ASCII, no quotes, one kind of line end, as many delimiters in every
 * line as in the first, no blank line, and a final newline. A plain file means the same to every CSV reader, so the fastest may split it.
 */
export async function scanBytes(path: string, delimiter = ',', onBytes?: (bytes: number) => void): Promise<Scan> {
  const file = new Lines(classes(delimiter));
  for await (const piece of bytesOf(path)) {
    file.take(piece);
    onBytes?.(file.bytes);
  }
  return file.told();
}

class Lines {
  bytes = 0;
  readonly #table: Uint8Array;
  readonly #because: Scan['because'] = new Set();
  #bom = false;
  #lines = 0;
  #blank = 0;
  #crs = 0;
  #crlf = 0;
  #padded = false;
  /** Classes of all bytes, and of the last one. */
  #seen = 0;
  #last: number = lf;
  /** Of the line that is being read. */
  #start = 0;
  #delimiters = 0;
  #expected = -1;

  constructor(table: Uint8Array) {
    this.#table = table;
  }

  take(piece: Buffer): void {
    if (this.bytes === 0 && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) {
      this.#bom = true;
      this.bytes = this.#start = 3;
      piece = piece.subarray(3);
    }
    const table = this.#table;
    let seen = 0;
    let from = 0;
    while (from < piece.length) {
      const end = piece.indexOf(10, from);
      const to = end < 0 ? piece.length : end;
      let delimiters = 0;
      // No branch: this loop takes every byte.
      for (let i = from; i < to; i++) {
        const kind = table[piece[i]!]!;
        delimiters += kind & delimiting;
        seen |= kind;
      }
      this.#delimiters += delimiters;
      from = to + 1;
      if (end >= 0) this.#end(this.bytes + end, (end === 0 ? this.#last : table[piece[end - 1]!]) === cr);
    }
    if (seen & cr) this.#crs += piece.reduce((sum, byte) => sum + (table[byte] === cr ? 1 : 0), 0);
    if (!this.#padded && (seen | this.#last) & space) this.#padded = hasPadding(piece, table, this.#last);
    this.#seen |= seen;
    if (piece.length > 0) this.#last = table[piece.at(-1)!]!;
    this.bytes += piece.length;
  }

  #end(at: number, afterCr: boolean): void {
    const width = at - this.#start - (afterCr ? 1 : 0);
    if (afterCr) this.#crlf++;
    if (width > 0 && width === this.#delimiters) this.#because.add('blank rows');
    if (width === 0) this.#blank++;
    else if (this.#expected < 0) this.#expected = this.#delimiters;
    else if (this.#delimiters !== this.#expected) this.#because.add('ragged lines');
    if (width > longestLine) this.#because.add('long lines');
    this.#delimiters = 0;
    this.#lines++;
    this.#start = at + 1;
  }

  told(): Scan {
    const because = this.#because;
    const finalNewline = this.#last === lf && this.#lines > 0;
    const ended = this.#lines;
    const lines = finalNewline || this.bytes === this.#start ? ended : ended + 1;
    if (!finalNewline) because.add('no final newline');
    if (this.#blank > 0) because.add('blank lines');
    if (this.#seen & quote) because.add('quotes');
    if (this.#seen & control || this.#crs > this.#crlf) because.add('control characters');
    if (this.#seen & beyondAscii) because.add('not ASCII');
    if (this.#crlf > 0 && this.#crlf < ended) because.add('mixed line ends');
    const lineEnd = ended === 0 ? 'none' : this.#crlf === 0 ? 'lf' : this.#crlf === ended ? 'crlf' : 'mixed';
    return {
      bytes: this.bytes,
      lines,
      blank: this.#blank,
      lineEnd,
      finalNewline,
      bom: this.#bom,
      padded: this.#padded,
      because,
    };
  }
}

/** Whether a space stands beside an edge of a value; `before` is the class of the byte before the piece. */
function hasPadding(piece: Uint8Array, table: Uint8Array, before: number): boolean {
  let [earlier, last] = [0, before];
  for (const byte of piece) {
    const kind = table[byte]!;
    if (last === space && (earlier | kind) & edges) return true;
    if (kind === space && last & edges) return true;
    [earlier, last] = [last, kind];
  }
  return false;
}
