import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { layouts as shippedLayouts } from '../layouts/index.ts';
import type { Layout } from '../layouts/layout.ts';
import { layoutsBeside } from '../layouts/read.ts';
import { isParquet } from '../reading/bytes.ts';
import { ExtractRefusal, printable } from '../reading/extract-refusal.ts';
import { firstBytes, isText } from '../reading/header.ts';
import type { Match } from '../reading/match.ts';
import { isWorkbook, textRemedy } from '../reading/workbook.ts';
import { expanded, isConvertible, isSpreadsheet, type Candidate } from './candidates.ts';
import { recognise, type Recognising } from './recognise.ts';

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

export interface ReceiveOptions extends Omit<Recognising, 'layouts'> {
  onProgress?: (done: { bytes: number; of: number; file: string }) => void;
  /** Layouts to match; by default all that are shipped, then those in a folder `layouts` beside the files. */
  layouts?: readonly Layout[];
}

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

async function recognised(
  candidate: Candidate,
  options: Recognising,
  onBytes: (bytes: number) => void,
): Promise<ReceivedFile> {
  const { path, bytes, modified } = candidate;
  const name = printable(basename(path));
  if (isSpreadsheet(name) && bytes > 0 && isText(await firstBytes(path)))
    throw new ExtractRefusal('structure', name, 'The file is text, and its name is that of a workbook.', textRemedy);
  if (isConvertible(name))
    throw new ExtractRefusal(
      'unknown_layout',
      name,
      isSpreadsheet(name)
        ? 'A workbook of this format is not read: XLSX and ODS without macros are.'
        : 'An archive is not read.',
      isSpreadsheet(name)
        ? 'Save it as .xlsx, or each sheet as “CSV UTF-8”, and send that.'
        : 'Unpack it, and send what is in it.',
    );
  if (bytes === 0) throw new ExtractRefusal('empty', name, 'The file is empty.', 'Send the file again.');
  const first = isParquet(path) || isWorkbook(path) ? null : await firstBytes(path);
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
