import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * When each key was last used, to the minute: kept beside the keys for `keys list`, written once a minute at most. Where the folder
 * cannot be written it is kept in memory alone.
 */
export class LastUsed {
  readonly #path: string;
  readonly #used = new Map<string, string>();
  #changed = false;

  constructor(keysPath: string) {
    this.#path = lastUsedPath(keysPath);
  }

  note(id: string, now: number): void {
    const minute = `${new Date(now).toISOString().slice(0, 16)}Z`;
    if (this.#used.get(id) === minute) return;
    this.#used.set(id, minute);
    this.#changed = true;
  }

  /** Writes what is new; of several copies of the api, the latest use counts. */
  write(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const all = readLastUsed(this.#path);
    for (const [id, minute] of this.#used) if ((all[id] ?? '') < minute) all[id] = minute;
    try {
      writeFileSync(`${this.#path}.${process.pid}`, JSON.stringify(all), { mode: 0o600 });
      renameSync(`${this.#path}.${process.pid}`, this.#path);
    } catch {
      // A use that is not written down refuses nobody.
    }
  }
}

export const lastUsedPath = (keysPath: string): string => `${keysPath}.used`;

/** The last use of each key by its id, as 2026-12-01T09:30Z. */
export function readLastUsed(path: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
