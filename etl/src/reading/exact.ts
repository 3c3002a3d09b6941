import { parse, type Parser } from 'csv-parse';
import { Readable } from 'node:stream';
import type { Layout } from '../layouts/layout.ts';
import { bytesOf } from './bytes.ts';
import { lengthWithoutEnd, wellQuoted } from './quotes.ts';
import { isAside } from './aside.ts';
import { ExtractRefusal } from './extract-refusal.ts';
import { asUtf8 } from './utf8.ts';

/** One record of a file: its fields, or what is structurally wrong with it. `line` is where it begins. */
export type Row = { line: number; fields: string[]; fault?: string; field?: number };

/** `aside`: lines of fewer fields than the header that are a total, a note or a line of dashes. */
export type ReadingNotes = { blankLines: number; finalNewline?: boolean; aside?: number[] };

/** Where the rows of a file begin, which of its columns have no name, and whether its lines end in CR alone. */
export type Within = { headerLine?: number; blank?: readonly number[]; endsInCr?: boolean };

const longestField = 1 << 16;
const longestRecord = 1 << 23;
// Control characters, soft hyphen, zero-width, bidirectional and other format characters: none belongs in a code or a name.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;
/** A value in the form that keeps a spreadsheet from making a number of it, where it stands unquoted. */
const textFormula = /(?<=^|[,;|\t])="[^"\r\n]*"(?=[,;|\t\r\n]|$)/g;
const unusual = /[^\x20-\x7e\r\n]/;

/**
 * Reads a delimited file exactly, in batches: every record comes out, either whole or with its fault (wrong number of fields, stray
 * quote, control character, over-long field). What would make later records doubtful throws an ExtractRefusal: an unclosed quote, a stray quote
 * in a record that spans lines, bytes that are not in the declared encoding. The header is the caller's affair and is not yielded.
 */
export async function* readExactly(
  path: string,
  columns: number,
  layout: Pick<Layout, 'delimiter' | 'encoding' | 'trims'>,
  notes: ReadingNotes = { blankLines: 0 },
  onBytes?: (bytes: number) => void,
  { headerLine = 1, blank = [], endsInCr = false }: Within = {},
): AsyncGenerator<Row[]> {
  const delimiter = layout.delimiter ?? ',';
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    record_delimiter: endsInCr ? ['\r'] : ['\r\n', '\n'],
    max_record_size: longestRecord,
    raw: true,
  });
  const utf8 = asUtf8(counted(bytesOf(path), onBytes), path, layout.encoding);
  const source = Readable.from(ended(utf8, notes, endsInCr ? 13 : 10), { objectMode: false });
  const nothing = new RegExp(`^[${delimiter === '|' ? '\\|' : delimiter}]*$`);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);

  let line = 1;
  try {
    for await (const records of batches(parser)) {
      const rows: Row[] = [];
      for (const { record, raw } of records) {
        const start = line;
        line += 1 + lineEndsWithin(raw);
        if (start <= headerLine) continue;
        if (columns > 1 && isBlank(raw, nothing)) notes.blankLines++;
        else if (
          layout.trims &&
          record.length < columns &&
          isAside(record.map((value) => value.trim()).filter(Boolean))
        )
          (notes.aside ??= []).push(start);
        else
          rows.push(unnamed(examined(path, start, record, raw, columns, delimiter, layout.trims), blank, layout.trims));
      }
      yield rows;
    }
  } catch (error) {
    throw error instanceof ExtractRefusal ? error : structural(path, error, line);
  } finally {
    source.destroy();
  }
}

function isBlank(raw: string, nothing: RegExp): boolean {
  const body = raw.slice(0, lengthWithoutEnd(raw));
  return body.trim() === '' || nothing.test(body);
}

// Statistical programs number the rows in a first column that has no name.
const isNothing = (value: string, at: number, trims = false) =>
  value.trim() === '' || (trims && at === 0 && /^[0-9]{1,8}$/.test(value));

function unnamed(row: Row, blank: readonly number[], trims?: boolean): Row {
  if (row.fault !== undefined || blank.every((at) => isNothing(row.fields[at]!, at, trims))) return row;
  return { line: row.line, fields: [], fault: 'has a value in a column without a name' };
}

async function* ended(pieces: AsyncIterable<Buffer>, notes: ReadingNotes, end: number): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    if (piece.length > 0) notes.finalNewline = piece.at(-1) === end;
    yield piece;
  }
}

function examined(
  path: string,
  line: number,
  fields: string[],
  raw: string,
  columns: number,
  delimiter: string,
  trims = false,
): Row {
  const stray = raw.includes('"') && !wellQuoted(trims ? raw.replace(textFormula, '=') : raw, delimiter);
  if (stray) {
    if (/[\r\n]/.test(raw.slice(0, lengthWithoutEnd(raw)))) {
      throw new ExtractRefusal(
        'structure',
        path,
        `A stray quote joins several lines from line ${line}.`,
        'Double every quote inside a quoted value, and send the file again.',
        { line },
      );
    }
    return { line, fields: [], fault: 'has a stray quote' };
  }
  if (fields.length !== columns) {
    return { line, fields: [], fault: `has ${fields.length} fields where the header has ${columns}` };
  }
  if (raw.length <= longestField && !raw.includes('"') && !unusual.test(raw)) return { line, fields };
  for (let i = 0; i < fields.length; i++) {
    const value = fields[i]!;
    if (value.length > longestField) return { line, fields: [], fault: 'is longer than 65,536 characters', field: i };
    const kept = trims ? withoutTraces(value) : value;
    if (invisible.test(kept)) return { line, fields: [], fault: 'holds an invisible or control character', field: i };
    fields[i] = kept.normalize('NFC');
  }
  return { line, fields };
}

/**
 * A value without what pages, word processors and spreadsheets leave in it: no-break spaces, format characters at its edges, typographic dashes and
 * quotation marks, and the form `="…"` that keeps a spreadsheet from making a number of it.
 */
function withoutTraces(value: string): string {
  return value
    .replace(/\p{Zs}/gu, ' ')
    .replace(/^[\p{Cf}\s]+|[\p{Cf}\s]+$/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/^[\u201c\u201d\u201e](.*)[\u201c\u201d\u201e]$/, '$1')
    .replace(/^="(.*)"$/, '$1');
}

// csv-parse counts a CRLF within quotes twice.
function lineEndsWithin(raw: string): number {
  let count = 0;
  const end = raw.includes('\n') ? lengthWithoutEnd(raw) : 0;
  for (let at = raw.indexOf('\n'); at >= 0 && at < end; at = raw.indexOf('\n', at + 1)) count++;
  return count;
}

type Parsed = { record: string[]; raw: string };

// A record at a time through a stream costs more than parsing it, so they are taken as many as are ready.
async function* batches(parser: Parser): AsyncGenerator<Parsed[]> {
  let wake = () => {};
  let failure: unknown;
  let ended = false;
  parser.on('readable', () => wake());
  parser.on('end', () => ((ended = true), wake()));
  parser.on('error', (error) => ((failure = error), wake()));
  for (;;) {
    const ready: Parsed[] = [];
    for (let next: Parsed | null; ready.length < 2048 && (next = parser.read() as Parsed | null) !== null;)
      ready.push(next);
    if (ready.length > 0) yield ready;
    else if (failure !== undefined) throw failure;
    else if (ended) return;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

function structural(path: string, error: unknown, line: number): ExtractRefusal {
  const code = String((error as { code?: string }).code ?? '');
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ExtractRefusal(
      'structure',
      path,
      'A quoted value never ends.',
      'Close the quote and send the file again.',
      {
        line,
      },
    );
  }
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return new ExtractRefusal(
      'structure',
      path,
      'A record is longer than 8 MiB.',
      'Look for an unclosed quote near this line.',
      { line },
    );
  }
  return new ExtractRefusal('structure', path, 'The file cannot be split into records.', 'Send it as plain CSV.', {
    line,
  });
}

async function* counted(pieces: AsyncIterable<Buffer>, onBytes?: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    onBytes?.(bytes);
    yield piece;
  }
}
