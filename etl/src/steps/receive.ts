import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { extractNamed } from '../extracts/index.ts';
import { headerIdentifier } from '../identifiers/headers.ts';
import { layouts as shippedLayouts } from '../layouts/index.ts';
import { layoutsBeside } from '../layouts/read.ts';
import type { Layout } from '../layouts/layout.ts';
import { isParquet } from '../reading/bytes.ts';
import { firstBytes, headerNames, refuseHopeless } from '../reading/header.ts';
import { parquetColumns } from '../reading/parquet.ts';
import { refuseOtherThanUtf8 } from '../reading/utf8.ts';
import { bestMatch, fits, known, matchHeader, type Match } from '../reading/match.ts';
import { printable, ExtractRefusal } from '../reading/extract-refusal.ts';
import type { Extract } from '../extracts/extract.ts';

/** A file that answers a layout, ready to be checked. */
export type ReceivedFile = {
  /** 1, 2, 3… in the order of the names: the `source_file` of its rows. */
  number: number;
  path: string;
  /** The file's name as it may be printed. */
  name: string;
  extract: string;
  layout: string;
  encoding: string;
  bytes: number;
  modified: number;
  /** SHA-256 of the bytes as received. */
  sha256: string;
  /** Rows to expect, from the first bytes; for progress only. */
  rowEstimate: number;
  match: Match;
};

export type Received = { files: ReceivedFile[]; refusals: ExtractRefusal[]; notes: string[] };

export type ReceiveOptions = {
  onProgress?: (done: { bytes: number; of: number; file: string }) => void;
  /** Layouts to match; by default all that are shipped, then those in a folder `layouts` beside the files. */
  layouts?: readonly Layout[];
  /** Finds the extract a layout names. */
  extractOf?: (name: string) => Extract;
  /** Opens a Parquet file to see its columns, apart from this process; by default here. */
  parquetColumns?: (path: string, bytes: number) => Promise<string[]>;
};

/**
 * Recognises files by their header (never by name), hashes their bytes, and puts each in its place or refuses it. Folders are read one level
 * deep; what is no extract by its ending (README, truth.json, a folder) is left alone there and named in `notes`; spreadsheets and archives are
 * refused, for they may well hold one. A file sent twice is taken once.
 */
export async function receive(paths: readonly string[], options: ReceiveOptions = {}): Promise<Received> {
  const layouts = options.layouts ?? [...shippedLayouts, ...layoutsBeside(paths)];
  const listed = await Promise.all(paths.map(expanded));
  const candidates = listed.flatMap(({ candidates }) => candidates);
  const of = candidates.reduce((sum, { bytes }) => sum + bytes, 0);
  const files: ReceivedFile[] = [];
  const refusals: ExtractRefusal[] = [];
  const notes = listed.flatMap(({ leftAlone }) =>
    leftAlone.map((name) => `${printable(name)} is left alone: it is no extract.`),
  );
  let done = 0;
  for (const candidate of candidates) {
    try {
      const file = await recognised(candidate, { ...options, layouts }, (bytes) =>
        options.onProgress?.({ bytes: done + bytes, of, file: basename(candidate.path) }),
      );
      const twin = files.find((other) => other.sha256 === file.sha256);
      if (twin) notes.push(`${file.name} is the same file as ${twin.name}; it is taken once.`);
      else files.push({ ...file, number: files.length + 1 });
    } catch (error) {
      if (!(error instanceof ExtractRefusal)) throw error;
      refusals.push(error);
    }
    done += candidate.bytes;
  }
  return { files, refusals, notes };
}

type Candidate = { path: string; bytes: number; modified: number };

const readable = /\.(csv|csv\.gz|tsv|txt|parquet)$/i;
// What often holds an extract and cannot be read exactly: leaving it out in silence would lose its rows.
const convertible = /\.(xlsx?|xlsm|xlsb|ods|numbers|zip|7z|rar|tar|tgz|tar\.gz|bz2|xz|zst|json\.gz|tsv\.gz|txt\.gz)$/i;
const companion = /(\.sha256|^truth\.json|\.md|\.part|~|^layouts)$/i;

async function expanded(path: string): Promise<{ candidates: Candidate[]; leftAlone: string[] }> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new ExtractRefusal('unreadable', basename(path), 'There is no such file.', 'Check the path.');
  if (!found.isDirectory())
    return { candidates: [{ path: resolve(path), bytes: found.size, modified: found.mtimeMs }], leftAlone: [] };
  const entries = (await readdir(path, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter(
    (entry) => entry.isFile() && (readable.test(entry.name) || convertible.test(entry.name)),
  );
  const inside = await Promise.all(files.map(({ name }) => expanded(join(path, name))));
  return {
    candidates: inside.flatMap(({ candidates }) => candidates),
    leftAlone: entries.filter((entry) => !files.includes(entry) && !companion.test(entry.name)).map(({ name }) => name),
  };
}

async function recognised(
  candidate: Candidate,
  options: ReceiveOptions,
  onBytes: (bytes: number) => void,
): Promise<ReceivedFile> {
  const { path, bytes, modified } = candidate;
  const name = printable(basename(path));
  if (convertible.test(name))
    throw new ExtractRefusal(
      'unknown_layout',
      name,
      'Spreadsheets and archives are not read: they do not say exactly what a cell holds.',
      'Save each sheet as “CSV UTF-8”, or unpack the archive, and send that.',
    );
  if (bytes === 0) throw new ExtractRefusal('empty', name, 'The file is empty.', 'Send the file again.');
  const first = isParquet(path) ? null : await firstBytes(path);
  const match = await recognise(candidate, first, options);
  const sha256 = await hashed(path, onBytes);
  await compareSidecar(path, sha256);
  const lineLength =
    first === null ? 40 : Math.max(1, first.length / Math.max(1, first.toString('latin1').split('\n').length - 1));
  return {
    number: 0,
    path,
    name,
    extract: match.extract.name,
    layout: match.layout.id,
    encoding: match.layout.encoding ?? 'utf-8',
    bytes,
    modified,
    sha256,
    rowEstimate: Math.round((path.endsWith('.gz') ? bytes * 8 : bytes) / lineLength),
    match,
  };
}

async function recognise({ path, bytes }: Candidate, first: Buffer | null, options: ReceiveOptions): Promise<Match> {
  const name = printable(basename(path));
  const extractOf = options.extractOf ?? extractNamed;
  const candidates = options.layouts ?? shippedLayouts;
  const parquet = first === null ? await (options.parquetColumns ?? columnsHere)(path, bytes) : null;
  if (first !== null && !candidates.some((layout) => layout.encoding !== undefined && layout.encoding !== 'utf-8')) {
    refuseHopeless(name, first);
  }
  const matches = candidates.flatMap((layout) => {
    const header = parquet ?? headerNames(first!, layout);
    return header === null ? [] : [matchHeader(header, layout, extractOf(layout.extract))];
  });
  const match = bestMatch(matches);
  if (match !== undefined && fits(match)) return match;
  if (first !== null) refuseHopeless(name, first);
  if (match === undefined) {
    if (first !== null) refuseOtherThanUtf8(name, first);
    throw new ExtractRefusal(
      'header',
      name,
      'The first line is not a header.',
      'Start the file with a line of column names in UTF-8.',
    );
  }
  throw mismatch(name, match);
}

function mismatch(name: string, match: Match): ExtractRefusal {
  const identifier = match.undeclared
    .map((column) => ({ column, kind: headerIdentifier(column) }))
    .find(({ kind }) => kind);
  if (identifier) {
    return new ExtractRefusal(
      'identifiers',
      name,
      `Column “${printable(identifier.column)}” announces a direct identifier (${identifier.kind}).`,
      'Remove the column, or send a pseudonym in its place, and destroy this copy.',
      { line: 1, column: identifier.column },
    );
  }
  const nearest = `${match.extract.title.toLowerCase()} extract, layout “${match.layout.id}”`;
  const problems = [
    ...match.missing.map(({ column, nearest }) =>
      nearest === undefined
        ? `“${column}” is missing`
        : `“${column}” is missing (nearest in the file: “${printable(nearest)}”)`,
    ),
    ...match.undeclared.map((column) => `“${printable(column)}” is not declared`),
    ...match.repeated.map((column) => `“${printable(column)}” occurs twice`),
  ];
  const shown = problems.slice(0, 6).join('; ') + (problems.length > 6 ? `; and ${problems.length - 6} more` : '');
  const unlike = match.missing.length > match.extract.columns.length / 2;
  return new ExtractRefusal(
    unlike ? 'unknown_layout' : 'header',
    name,
    known(match) === 0
      ? 'No layout knows any column of this header.'
      : unlike
        ? `No layout knows this header. Nearest: ${nearest}: ${shown}.`
        : `As ${nearest}: ${shown}.`,
    unlike
      ? 'See etl/contracts for the columns, or add a layout for this supplier to the folder layouts beside the files.'
      : 'Correct the header, or add the name to a layout; list a column to be read past as ignored.',
    { line: 1, column: match.missing[0]?.column ?? match.undeclared[0] ?? match.repeated[0] },
  );
}

async function columnsHere(path: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  try {
    return await parquetColumns(await instance.connect(), path);
  } finally {
    instance.closeSync();
  }
}

async function hashed(path: string, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    onBytes((bytes += piece.length));
  }
  return hash.digest('hex');
}

// A supplier may send `<file>.sha256` beside a file: the only way to notice a file cut exactly at a line end.
async function compareSidecar(path: string, sha256: string): Promise<void> {
  const sidecar = await readFile(`${path}.sha256`, 'utf8').catch(() => null);
  if (sidecar !== null && sidecar.trim().split(/\s+/)[0]?.toLowerCase() !== sha256) {
    const name = printable(basename(path));
    throw new ExtractRefusal(
      'checksum',
      name,
      'The bytes do not match the .sha256 beside the file.',
      'Send the file again.',
    );
  }
}
