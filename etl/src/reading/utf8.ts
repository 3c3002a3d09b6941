import { isUtf8 } from 'node:buffer';
import type { Layout } from '../layouts/layout.ts';
import { ExtractRefusal } from './extract-refusal.ts';

/** Passes bytes on as UTF-8, from the declared encoding. Throws an ExtractRefusal at the first piece that is not in that encoding. */
export async function* asUtf8(
  pieces: AsyncIterable<Buffer>,
  path: string,
  encoding: Layout['encoding'] = 'utf-8',
): AsyncGenerator<Buffer> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding, { fatal: true });
    try {
      for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
      yield Buffer.from(decoder.decode());
    } catch (error) {
      throw error instanceof ExtractRefusal ? error : notEncoded(path, encoding);
    }
    return;
  }
  let carried = Buffer.alloc(0);
  let lines = 1;
  for await (const piece of pieces) {
    const joined = carried.length > 0 ? Buffer.concat([carried, piece]) : piece;
    const end = lastWholeCharacter(joined);
    const whole = joined.subarray(0, end);
    if (!isUtf8(whole)) throw notEncoded(path, encoding, lineOfFault(whole, lines));
    carried = Buffer.from(joined.subarray(end));
    lines += countLines(whole);
    yield whole;
  }
  if (carried.length > 0) throw notEncoded(path, encoding, lines);
}

/** Throws an ExtractRefusal with the line when bytes from the start of a file are not UTF-8; a character may be cut at their end. */
export function refuseOtherThanUtf8(path: string, first: Buffer): void {
  const whole = first.subarray(0, lastWholeCharacter(first));
  if (!isUtf8(whole)) throw notEncoded(path, 'utf-8', lineOfFault(whole, 1));
}

function notEncoded(path: string, encoding: string, line?: number): ExtractRefusal {
  const remedy = 'Save the file as “CSV UTF-8”, or declare the encoding in its layout.';
  return new ExtractRefusal('encoding', path, `The file is not ${encoding.toUpperCase()}.`, remedy, { line });
}

function lastWholeCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) break;
  }
  return bytes.length;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

function lineOfFault(bytes: Buffer, firstLine: number): number {
  let line = firstLine;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop;
  }
  return line;
}
