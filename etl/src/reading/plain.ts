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
    | 'mixed line ends'
    | 'long lines'
    | 'no final newline'
  >;
};

const longestLine = 1 << 16;
const space = 32;

// What a byte may be: 0 ordinary, 1 delimiter, 2 LF, 3 CR, 4 quote, 5 control, 6 not ASCII.
function classes(delimiter: string): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(5, 0, 32);
  table[127] = 5;
  table.fill(6, 128);
  table[34] = 4;
  table[10] = 2;
  table[13] = 3;
  table[delimiter.charCodeAt(0)] = 1;
  return table;
}

/**
 * Reads every byte once and says whether the file is plain: printable ASCII, no quotes, one kind of line end, as many delimiters in every
 * line as in the first, no blank line, and a final newline. A plain file means the same to every CSV reader, so the fastest may split it.
 */
export async function scanBytes(path: string, delimiter = ',', onBytes?: (bytes: number) => void): Promise<Scan> {
  const table = classes(delimiter);
  const seen = new Uint8Array(7);
  const because: Scan['because'] = new Set();
  let bytes = 0;
  let lines = 0;
  let blank = 0;
  let crlf = 0;
  let expected = -1;
  let delimiters = 0;
  let lineStart = 0;
  let afterCr = false;
  let last = 0;
  let bom = false;
  let padded = false;

  for await (let piece of bytesOf(path)) {
    if (bytes === 0 && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) {
      bom = true;
      bytes = 3;
      lineStart = 3;
      piece = piece.subarray(3);
    }
    const length = piece.length;
    // The first byte of a piece follows the last of the one before.
    if (piece[0] === space && (last === 0 || table[last] !== 0)) padded = true;
    for (let i = 0; i < length; i++) {
      const kind = table[piece[i]!]!;
      if (kind === 0 && !afterCr) continue;
      if (piece[i + 1] === space || (i === 0 ? last : piece[i - 1]) === space) padded = true;
      if (kind === 1) delimiters++;
      else if (kind === 2) {
        const width = bytes + i - lineStart - (afterCr ? 1 : 0);
        if (afterCr) crlf++;
        if (width === 0) blank++;
        else if (expected < 0) expected = delimiters;
        else if (delimiters !== expected) because.add('ragged lines');
        if (width > longestLine) because.add('long lines');
        delimiters = 0;
        lines++;
        lineStart = bytes + i + 1;
        afterCr = false;
        continue;
      } else seen[kind] = 1;
      if (afterCr) because.add('control characters');
      afterCr = kind === 3;
    }
    bytes += length;
    if (length > 0) last = piece[length - 1]!;
    onBytes?.(bytes);
  }

  const finalNewline = last === 10;
  if (!finalNewline) {
    because.add('no final newline');
    if (bytes > lineStart) lines++;
  }
  const ended = finalNewline ? lines : lines - 1;
  if (blank > 0) because.add('blank lines');
  if (seen[4]) because.add('quotes');
  if (seen[5]) because.add('control characters');
  if (seen[6]) because.add('not ASCII');
  if (crlf > 0 && crlf < ended) because.add('mixed line ends');
  const lineEnd = ended <= 0 ? 'none' : crlf === 0 ? 'lf' : crlf === ended ? 'crlf' : 'mixed';
  return { bytes, lines, blank, lineEnd, finalNewline, bom, padded, because };
}
