import { stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { createExtractTables } from '../extracts/tables.ts';
import { scanIdentifiers } from '../identifiers/scan.ts';
import { refusePseudonyms } from '../identifiers/pseudonyms.ts';
import type { Found } from '../identifiers/decide.ts';
import { isParquet } from '../reading/bytes.ts';
import { setAside } from '../reading/aside.ts';
import { keep, keptResult } from '../reading/cache.ts';
import { refuseMonthFirst } from '../reading/month-first.ts';
import type { ReadingNotes } from '../reading/exact.ts';
import { scanBytes } from '../reading/plain.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { stageParquet } from '../reading/parquet.ts';
import { stageWorkbook } from '../reading/stage-workbook.ts';
import { isWorkbook } from '../reading/workbook.ts';
import { dropStage, stageExactly, stagePlain, type Staged } from '../reading/stage.ts';
import { deliver, settle, unbalanced, type Settled } from '../reading/settle.ts';
import type { ReceivedFile } from './receive.ts';

export type CheckResult = Settled & {
  file: string;
  extract: string;
  layout: string;
  sha256: string;
  /** Which reader split the file: DuckDB on a file proved plain, the exact reader, Parquet, or rows kept from an earlier check. */
  reader: Read['reader'] | 'kept';
  milliseconds: number;
};

export type CheckOptions = {
  /** Table that takes the good rows; by default the extract's own. */
  into?: string;
  /** Table that takes the refused rows; by default `quarantine`. */
  rejects?: string;
  onProgress?: (done: { bytes: number; of: number; file: string }) => void;
  /** Private folder (mode 700) that keeps the rows in place of the tables, so that a later build reads only new files. */
  cacheDir?: string;
  /** Forces the exact reader. */
  exact?: boolean;
};

/**
 * Loads a received file: every row is either loaded, typed, into its extract's table, or quarantined with file, line, column, reason and a
 * masked value. `read = loaded + quarantined` always. Throws an ExtractRefusal, leaving both tables as they were, when the file cannot be trusted
 * as a whole: cut short, wrongly encoded, wrongly quoted, or with direct identifiers in it.
 */
export async function check(
  file: ReceivedFile,
  connection: DuckDBConnection,
  options: CheckOptions = {},
): Promise<CheckResult> {
  const started = performance.now();
  const into = options.into ?? file.extract;
  const rejects = options.rejects ?? 'quarantine';
  const about = { file: file.name, extract: file.extract, layout: file.layout, sha256: file.sha256 };
  await createExtractTables(connection, [file.match.extract]);

  const kept = options.cacheDir === undefined ? null : await keptResult(options.cacheDir, file);
  if (kept) return { ...about, ...kept, reader: 'kept', milliseconds: performance.now() - started };

  try {
    const { warnings, reader, expected, aside = [], ...read } = await stage(file, connection, options);
    const { staged, rows: passedOver, note } = await setAside(connection, read.staged, aside);
    await unchanged(file);
    const { pseudonyms = [] } = file.match.layout;
    // Kinds that have only their shape to show: a check digit, or an address, is believed whatever is said of it.
    const shaped = ['staff record number', 'HCPC number', 'passport', 'vehicle registration'];
    const identifiers = (await scanIdentifiers(connection, file.match.extract, 'checked', staged.line)).filter(
      ({ column, kind }) => !(pseudonyms.includes(column) && shaped.includes(kind)),
    );
    if (identifiers.length > 0) throw identified(file, identifiers);
    await refusePseudonyms(connection, file.name, file.match.extract, staged.line);
    await refuseMonthFirst(connection, file.name, file.match, staged.line);
    const settled = await settle(connection, file, staged);
    if (expected !== undefined && expected !== settled.read + passedOver)
      throw unbalanced(file.name, `${expected} rows were sent and ${settled.read + passedOver} were read`);
    if (settled.read === 0)
      throw new ExtractRefusal('empty', file.name, 'The file has a header and no rows.', 'Send the file again.');
    const result = { ...settled, warnings: [...warnings, ...note, ...settled.warnings] };
    if (options.cacheDir === undefined) await deliver(connection, file, staged, { into, rejects });
    else await keep(connection, file, result, staged, options.cacheDir);
    return { ...about, ...result, reader, milliseconds: performance.now() - started };
  } finally {
    await dropStage(connection);
  }
}

type Read = {
  staged: Staged;
  warnings: string[];
  reader: 'plain' | 'exact' | 'parquet' | 'workbook';
  expected?: number;
  /** Lines that the reader passed over because they are no rows. */
  aside?: number[];
};

async function stage(file: ReceivedFile, connection: DuckDBConnection, options: CheckOptions): Promise<Read> {
  const { path, match } = file;
  if (isParquet(path)) return { staged: await stageParquet(connection, file, match), warnings: [], reader: 'parquet' };
  if (isWorkbook(path)) return { ...(await stageWorkbook(connection, file, match)), reader: 'workbook' };
  const progress = (from: number) => (bytes: number) =>
    options.onProgress?.({ bytes: from + bytes / 2, of: file.bytes, file: file.name });
  const isUtf16 = match.layout.encoding?.startsWith('utf-16') ?? false;
  const scan = await scanBytes(path, match.layout.delimiter ?? ',', progress(0));
  if (!scan.finalNewline && !match.layout.openEnded && !isUtf16 && !match.endsInCr) {
    throw cutShort(file.name, scan.lines);
  }
  // Passing over millions of empty records takes the exact reader longer than any extract is worth.
  if (scan.blank > 10_000 && scan.blank > scan.lines / 2)
    throw new ExtractRefusal(
      'structure',
      file.name,
      `${scan.blank.toLocaleString('en-GB')} of ${scan.lines.toLocaleString('en-GB')} lines are blank.`,
      'Export the file again without them.',
    );
  const warnings = scan.because.has('mixed line ends') ? ['Lines end partly in LF, partly in CRLF.'] : [];
  if (scan.padded && !match.layout.trims)
    warnings.push(`Spaces stand around values, and layout “${match.layout.id}” takes them as part of the value.`);
  warnings.push(...aroundTheRows(match));
  const ordinary = match.headerLine === 1 && match.blank.length === 0;
  if (
    scan.because.size === 0 &&
    ordinary &&
    !options.exact &&
    /^[^*?[\]{}]+$/.test(path) &&
    (await keepsOrder(connection))
  ) {
    return {
      staged: await stagePlain(connection, path, match, scan.padded),
      warnings,
      reader: 'plain',
      expected: scan.lines - 1,
    };
  }
  const notes: ReadingNotes = { blankLines: 0 };
  const staged = await stageExactly(connection, path, match, notes, progress(file.bytes / 2));
  if ((isUtf16 || match.endsInCr) && !notes.finalNewline && !match.layout.openEnded) throw cutShort(file.name);
  if (notes.blankLines > 0)
    warnings.push(`${notes.blankLines} blank ${notes.blankLines === 1 ? 'line was' : 'lines were'} passed over.`);
  return { staged, warnings, reader: 'exact', aside: notes.aside };
}

function cutShort(file: string, line?: number): ExtractRefusal {
  return new ExtractRefusal(
    'cut_short',
    file,
    'The last line has no line end: the file may have been cut short.',
    'Compare it with the original; if it is whole, end the last line and send it again.',
    { line },
  );
}

/** What of a file is no row and no name, and was passed over. */
function aroundTheRows({ headerLine, blank, separator, endsInCr }: ReceivedFile['match']): string[] {
  const above =
    headerLine === 2
      ? 'Line 1 stands above the header and was'
      : `Lines 1 to ${headerLine - 1} stand above the header and were`;
  const columns = blank.length === 1 ? '1 column without a name was' : `${blank.length} columns without a name were`;
  return [
    ...(separator ? [`The columns are separated by ${separator}.`] : []),
    ...(endsInCr ? ['Lines end in CR alone.'] : []),
    ...(headerLine > 1 ? [`${above} passed over.`] : []),
    ...(blank.length > 0 ? [`${columns} passed over.`] : []),
  ];
}

async function keepsOrder(connection: DuckDBConnection): Promise<boolean> {
  const setting = await connection.runAndReadAll(`select current_setting('preserve_insertion_order')`);
  return setting.getRowsJS()[0]?.[0] === true;
}

async function unchanged(file: ReceivedFile): Promise<void> {
  const now = await stat(file.path);
  if (now.size !== file.bytes || now.mtimeMs !== file.modified) {
    throw new ExtractRefusal(
      'changed',
      file.name,
      'The file changed while it was read.',
      'Wait until it is whole and try again.',
    );
  }
}

function identified(file: ReceivedFile, found: readonly Found[]): ExtractRefusal {
  const kinds = found
    .slice(0, 5)
    .map(
      ({ column, kind, count, lines }) =>
        `“${column}” holds what looks like ${article(kind)} in ${count} row${count === 1 ? '' : 's'} (line ${lines.join(', ')}${count > lines.length ? ', …' : ''})`,
    );
  return new ExtractRefusal(
    'identifiers',
    file.name,
    `Direct identifiers: ${kinds.join('; ')}.`,
    'Replace them by pseudonyms at the source, send the file again, and destroy this copy.',
    { line: found[0]?.lines[0], column: found[0]?.column },
  );
}

function article(kind: string): string {
  return /^(e-|NHS|HCPC)/.test(kind) ? `an ${kind}` : `a ${kind}`;
}
