import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beginning, chained, type Entry, type Opening, type PrivateRead } from './entry.ts';

/** Folder of the log in the data folder. */
export const auditFolder = 'audit';
/** Ending of the file that says where a file of the log ends. */
export const headEnding = '.head';

/** A private read could not be written down, so it must not be answered. */
export class NotRecorded extends Error {}

/**
 * The record of private reads, for its owner alone. Each api writes a file of its own, begun with the first read; each line is chained to the one before
 * it, each file to the file before it, and a small file beside it says where it ends.
 */
export class AuditLog {
  readonly #folder: string;
  #path: string | null = null;
  #lines = 0;
  #hash = beginning;
  #head = -1;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a read down. Throws `NotRecorded` when it cannot. */
  write(read: PrivateRead): void {
    try {
      this.#path ??= this.#begin(read.at);
      this.#append(read);
    } catch (cause) {
      throw new NotRecorded('a private read cannot be recorded', { cause });
    }
  }

  close(): void {
    if (this.#head >= 0) closeSync(this.#head);
    this.#head = -1;
    this.#path = null;
  }

  #begin(at: string): string {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const after = lastOf(this.#folder);
    const path = join(this.#folder, `${at.replaceAll(':', '-')}-${randomBytes(4).toString('hex')}.jsonl`);
    this.#lines = 0;
    this.#hash = beginning;
    this.#head = openSync(`${path}${headEnding}`, 'wx', 0o600);
    this.#path = path;
    this.#append({ at, after });
    return path;
  }

  #append(content: PrivateRead | Opening): void {
    const entry = chained(content, this.#lines + 1, this.#hash);
    appendFileSync(this.#path!, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    writeSync(this.#head, headOf(entry), 0);
    this.#lines = entry.line;
    this.#hash = entry.hash;
  }
}

/** Where a file ends, always as long: the number of its lines and the last hash. */
export const headOf = ({ line, hash }: Pick<Entry, 'line' | 'hash'>) => `${String(line).padStart(12, '0')} ${hash}\n`;

/** The files of a log, oldest first. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();

function lastOf(folder: string): Opening['after'] {
  const file = filesOf(folder).at(-1);
  if (!file) return null;
  const [line, hash] = readFileSync(join(folder, `${file}${headEnding}`), 'utf8')
    .trim()
    .split(' ');
  return { file, lines: Number(line), hash: hash! };
}
