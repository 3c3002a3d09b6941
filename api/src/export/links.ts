import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A question of the public about one release: what a permalink stands for. Nothing in it depends on who asked. */
export interface LinkedQuestion {
  document: string;
  variables: Readonly<Record<string, unknown>>;
  operationName: string | null;
  release: string;
}

/** Folder of the links in the data folder. */
export const linksFolder = 'links';

/** Space that a small file takes. */
const block = 4096;

/**
 * Questions by their hash, each a file that is never changed: `links/ab/abcdef….json`. When the folder is full or may not be written, nothing new is
 * kept, and what is kept stays: an address that was given out holds. Several copies of the api may use one folder.
 */
export class Links {
  readonly #folder: string;
  readonly #bytes: number;
  #used: Promise<number> | null = null;

  constructor(folder: string, megabytes: number) {
    this.#folder = folder;
    this.#bytes = megabytes * 1_000_000;
  }

  /** Keeps a question; its id, or null when there is no room for it. */
  async keep(question: LinkedQuestion): Promise<string | null> {
    const text = textOf(question);
    const id = idOf(text);
    if ((await this.find(id)) !== null) return id;
    this.#used ??= sizeOf(this.#folder);
    const used = await this.#used;
    const size = Math.max(block, Buffer.byteLength(text));
    if (used + size > this.#bytes) return null;
    this.#used = Promise.resolve(used + size);
    try {
      await mkdir(dirname(this.#pathOf(id)), { recursive: true });
      const draft = `${this.#pathOf(id)}.${randomUUID()}`;
      await writeFile(draft, text, { flag: 'wx' });
      await rename(draft, this.#pathOf(id));
      return id;
    } catch {
      return null;
    }
  }

  /** The question of an id, or null when none is kept. One that was changed is none. */
  async find(id: string): Promise<LinkedQuestion | null> {
    if (!/^[\w-]{24}$/.test(id)) return null;
    const text = await readFile(this.#pathOf(id), 'utf8').catch(() => null);
    return text !== null && idOf(text) === id ? (JSON.parse(text) as LinkedQuestion) : null;
  }

  #pathOf(id: string): string {
    return join(this.#folder, id.slice(0, 2), `${id}.json`);
  }
}

/** One text for one question, in whatever order its variables were sent. */
const textOf = ({ document, variables, operationName, release }: LinkedQuestion) =>
  `${JSON.stringify({ document, variables: sorted(variables), operationName, release })}\n`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

const idOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 24);

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names
    .filter((name) => name.endsWith('.json'))
    .map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + Math.max(block, size), 0);
}
