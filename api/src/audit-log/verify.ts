import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, headEnding, headOf } from './audit-log.ts';
import { beginning, hashOf, type Entry, type Opening } from './entry.ts';

/** What a check of the log found: how many reads, where it ends, and the first thing in each file that does not hold. */
export interface Verified {
  files: number;
  reads: number;
  /** The last hash of the last file; note it somewhere else to be sure later that nothing was cut off before it. */
  head: string | null;
  broken: string[];
}

/**
 * Checks that no line of a log was changed, added, taken out, moved or cut off. Somebody who may write to the folder could write a whole new log, so
 * `known`, a head that was noted elsewhere, must be among its hashes.
 */
export function verify(folder: string, known?: string): Verified {
  const files = existsSync(folder) ? filesOf(folder) : [];
  const read = files.map((file) => verifyFile(folder, file));
  const hashes = new Map(read.map(({ file, hashes: of }) => [file, of]));
  const broken = read.flatMap(({ file, problem }) => (problem ? [`${file}: ${problem}`] : []));
  for (const { file, opening } of read) {
    const { after } = opening ?? { after: null };
    if (after && hashes.get(after.file)?.[after.lines - 1] !== after.hash)
      broken.push(`${file}: it follows ${after.file}, which is not there as it was`);
  }
  const [first] = read;
  if (first?.opening?.after)
    broken.push(`${first.file}: it is not the first file of the log, and those before it are not there`);
  const all = [...hashes.values()].flat();
  if (known && !all.includes(known)) broken.push(`the head ${known} is not in the log`);
  return {
    files: files.length,
    reads: all.length - files.length,
    head: all.at(-1) ?? null,
    broken: [...new Set(broken)],
  };
}

interface FileRead {
  file: string;
  opening: Opening | null;
  hashes: string[];
  problem: string | null;
}

function verifyFile(folder: string, file: string): FileRead {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const hashes: string[] = [];
  let opening: Opening | null = null;
  const found = (problem: string | null): FileRead => ({ file, opening, hashes, problem });
  if (lines.pop() !== '') return found(`line ${lines.length + 1} is cut off`);
  for (const [index, text] of lines.entries()) {
    const entry = parsed(text);
    const { hash, ...content } = entry ?? { hash: '' };
    if (!entry || entry.line !== index + 1 || hash !== hashOf(content, hashes.at(-1) ?? beginning))
      return found(`line ${index + 1} is not what was written`);
    if (index === 0) opening = entry as unknown as Opening;
    hashes.push(hash);
  }
  const head = existsSync(join(folder, `${file}${headEnding}`))
    ? readFileSync(join(folder, `${file}${headEnding}`), 'utf8')
    : '';
  if (hashes.length === 0) return found('it is empty');
  if (head !== headOf({ line: hashes.length, hash: hashes.at(-1)! }))
    return found(`it ends with line ${hashes.length}, which is not where it was left`);
  return found(null);
}

function parsed(text: string): Entry | null {
  try {
    return JSON.parse(text) as Entry;
  } catch {
    return null;
  }
}
