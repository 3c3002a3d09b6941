import { parse } from 'csv-parse/sync';
import type { Layout } from '../layouts/layout.ts';
import { bytesOf } from './bytes.ts';
import { ExtractRefusal } from './extract-refusal.ts';

const limit = 1 << 16;

/** The first bytes of a file, enough to hold any header. */
export async function firstBytes(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of bytesOf(path)) {
    pieces.push(piece);
    length += piece.length;
    if (length >= limit) break;
  }
  return Buffer.concat(pieces).subarray(0, limit);
}

/** The names in the first line of a file, or null when those bytes are no header in this encoding and with this delimiter. */
export function headerNames(first: Buffer, layout: Pick<Layout, 'delimiter' | 'encoding'>): string[] | null {
  try {
    const text = decoded(first, layout.encoding ?? 'utf-8');
    const end = text.search(/\r?\n|\r(?!\n)/);
    const rows = parse(end < 0 ? text : text.slice(0, end), { delimiter: layout.delimiter ?? ',', bom: true, to: 1 });
    return (rows[0] as string[] | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Refuses what can never be an extract: nothing, only line ends, UTF-16 without a layout that says so, lines ended by CR alone. */
export function refuseHopeless(path: string, first: Buffer, encoding: Layout['encoding'] = 'utf-8'): void {
  if (first.length === 0) throw new ExtractRefusal('empty', path, 'The file is empty.', 'Send the file again.');
  if (encoding !== 'utf-16le' && isUtf16(first)) {
    throw new ExtractRefusal(
      'encoding',
      path,
      'The file is UTF-16.',
      'Save it as “CSV UTF-8”, or declare the encoding in its layout.',
    );
  }
  if (first.every((byte) => byte === 10 || byte === 13)) {
    throw new ExtractRefusal('empty', path, 'The file holds only line ends.', 'Send the file again.');
  }
  if (encoding !== 'utf-16le' && first.includes(13) && !first.includes(10)) {
    throw new ExtractRefusal('structure', path, 'Lines end in CR alone.', 'Save the file with LF or CRLF line ends.');
  }
}

// By its mark, or by the empty half of the first letter.
function isUtf16([a, b]: Buffer): boolean {
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0;
}

function decoded(first: Buffer, encoding: string): string {
  // A piece may end inside a character, so the last line is allowed to be broken: only the first is used.
  const end = first.lastIndexOf(10);
  return new TextDecoder(encoding, { fatal: true }).decode(
    end < 0 || encoding === 'utf-16le' ? first : first.subarray(0, end + 1),
  );
}
