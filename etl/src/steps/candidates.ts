import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ExtractRefusal } from '../reading/extract-refusal.ts';

export type Candidate = { path: string; bytes: number; modified: number };

const readable = /\.(csv|csv\.gz|tsv|txt|parquet|xlsx|ods)$/i;
// What often holds an extract and cannot be read exactly: leaving it out in silence would lose its rows.
const convertible =
  /\.(xls|xlsm|xlsb|xltx|xltm|numbers|fods|zip|7z|rar|tar|tgz|tar\.gz|bz2|xz|zst|json\.gz|tsv\.gz|txt\.gz)$/i;
const companion = /(\.sha256|^truth\.json|\.md|\.part|~|^layouts)$/i;

/** Whether a file is a spreadsheet or an archive, by its ending. */
export const isConvertible = (name: string): boolean => convertible.test(name);

export const isSpreadsheet = (name: string): boolean => /\.(xls|xlsm|xlsb|xltx|xltm|numbers|fods)$/i.test(name);

/**
 * The files of a folder that may be extracts, or the file itself. What is none by its ending is left alone; spreadsheets and archives are not, for they
 * may well hold one. Throws ExtractRefusal `unreadable` when there is nothing of that name.
 */
export async function expanded(path: string): Promise<{ candidates: Candidate[]; leftAlone: string[] }> {
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
