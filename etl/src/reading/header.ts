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
  return namesIn(firstLines(first, layout.encoding, 1)?.[0], layout.delimiter);
}

/** The first lines of a file, at most `most`, or null when its bytes are not in this encoding. A line within quotes counts as one. */
export function firstLines(first: Buffer, encoding: Layout['encoding'] = 'utf-8', most = 1): string[] | null {
  try {
    return decoded(first, encoding).split(/\r\n|\n|\r/, most);
  } catch {
    return null;
  }
}

/** The values of one line, or null when it cannot be split. */
export function namesIn(line: string | undefined, delimiter: string = ','): string[] | null {
  try {
    if (line === undefined) return null;
    return (parse(line, { delimiter, bom: true, to: 1 })[0] as string[] | undefined) ?? null;
  } catch {
    return null;
  }
}

/** The encoding that a byte-order mark declares. */
export function markedUtf16([a, b]: Buffer): 'utf-16le' | 'utf-16be' | null {
  return a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
}

/** Which UTF-16 bytes without a mark are in, by the half of each letter that is 0. Null when they are in neither. */
export function unmarkedUtf16(first: Buffer): 'utf-16le' | 'utf-16be' | null {
  const start = first.subarray(0, 64);
  if (start.length < 8) return null;
  const zeros = (from: 0 | 1) => start.filter((byte, at) => at % 2 === from && byte === 0).length;
  const [even, odd, half] = [zeros(0), zeros(1), Math.floor(start.length / 2)];
  if (even === 0 && odd >= half - 2) return 'utf-16le';
  return odd === 0 && even >= half - 2 ? 'utf-16be' : null;
}

/** Whether lines end in CR alone, as spreadsheets of old Macintoshes end them. */
export const endsInCr = (first: Buffer): boolean => first.includes(13) && !first.includes(10);

/**
 * Refuses what can never be an extract: nothing, only line ends, a workbook or an archive under the name of a text, UTF-16 without a layout that says
 * so, lines ended by CR alone where the layout is strict.
 */
export function refuseHopeless(
  path: string,
  first: Buffer,
  { encoding = 'utf-8', trims = false }: Partial<Layout> = {},
): void {
  if (first.length === 0) throw new ExtractRefusal('empty', path, 'The file is empty.', 'Send the file again.');
  const { format, remedy } = formatOf(first) ?? {};
  if (format !== undefined)
    throw new ExtractRefusal('structure', path, `The file is ${format}, and its name is that of a text file.`, remedy!);
  if (first.toString('latin1', 0, 4) === 'PK\x03\x04')
    throw new ExtractRefusal(
      'structure',
      path,
      'The file is a workbook or an archive, and its name is that of a text file.',
      'Give a workbook its own name (.xlsx or .ods), unpack an archive, or save the sheet as “CSV UTF-8”.',
    );
  if (!encoding.startsWith('utf-16') && (markedUtf16(first) ?? unmarkedUtf16(first)) !== null)
    throw new ExtractRefusal(
      'encoding',
      path,
      'The file is UTF-16.',
      'Save it as “CSV UTF-8”, or declare the encoding in its layout.',
    );
  if (/^(\xef\xbb\xbf)?[\r\n]*$/.test(first.toString('latin1')))
    throw new ExtractRefusal('empty', path, 'The file holds only line ends.', 'Send the file again.');
  if (!encoding.startsWith('utf-16') && !trims && endsInCr(first))
    throw new ExtractRefusal('structure', path, 'Lines end in CR alone.', 'Save the file with LF or CRLF line ends.');
}

/** Whether bytes are text, or a web page, and no workbook and no archive. */
export const isText = (first: Buffer): boolean =>
  !first.subarray(0, 1000).includes(0) && !/^(PK|\xd0\xcf|\x1f\x8b|%PDF)/.test(first.toString('latin1', 0, 4));

/** What a file is by its first bytes where that is no table, and what to do. */
function formatOf(first: Buffer): { format: string; remedy: string } | undefined {
  const start = first.toString('latin1', 0, 200).trimStart();
  const asTable = 'Save the table as “CSV UTF-8” or .xlsx, and send that.';
  if (first[0] === 0x1f && first[1] === 0x8b)
    return { format: 'compressed by gzip', remedy: 'Give it a name that ends in .csv.gz, or unpack it.' };
  if (first.toString('latin1', 0, 4) === '\xd0\xcf\x11\xe0')
    return { format: 'a workbook of the format before 2007, or one with a password', remedy: asTable };
  if (start.startsWith('%PDF')) return { format: 'a PDF', remedy: asTable };
  if (/^(<!doctype html|<html|<table|<\?xml)/i.test(start)) return { format: 'a web page or XML', remedy: asTable };
  if (/^[[{]\s*["{[\]]/.test(start)) return { format: 'JSON', remedy: asTable };
  return undefined;
}

function decoded(first: Buffer, encoding: string): string {
  // A piece may end inside a character, so the last line is allowed to be broken: only the first is used.
  const end = first.lastIndexOf(endsInCr(first) ? 13 : 10);
  return new TextDecoder(encoding, { fatal: true }).decode(
    end < 0 || encoding.startsWith('utf-16')
      ? first.subarray(0, first.length - (first.length % 2 && encoding.startsWith('utf-16') ? 1 : 0))
      : first.subarray(0, end + 1),
  );
}
