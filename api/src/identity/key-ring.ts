import { existsSync } from 'node:fs';
import { idOf, matches } from './api-key.ts';
import { AccessRefused, type Asker } from './asker.ts';
import { askerOfKey, checkOrganisations, readKeys, stateOf, type KeyRecord } from './keys-file.ts';
import { LastUsed } from './last-used.ts';
import { UnusableFile } from './private-file.ts';
import { watchFile } from './watched-file.ts';

interface Options {
  /** Whether the current release has this organisation; every one named must be known when the api starts. */
  isKnown?: (code: string) => boolean;
  /** Milliseconds between looks at the file. */
  poll?: number;
  log?: (line: { event: string; [detail: string]: unknown }) => void;
}

/**
 * The keys that are accepted, from a file that is read again when it changes. While a changed file cannot be used, the keys read before
 * it are accepted and the reason is logged; without the file no key is.
 */
export class KeyRing {
  readonly #path: string;
  readonly #used: LastUsed;
  readonly #stop: () => void;
  #keys: ReadonlyMap<string, KeyRecord>;

  /** Throws UnusableFile, naming file, line and remedy, when the file is there and cannot be used. */
  constructor(path: string, { isKnown = () => true, poll = 5_000, log = () => {} }: Options = {}) {
    const read = () => (existsSync(path) ? readKeys(path) : []);
    const first = read();
    checkOrganisations(path, first, isKnown);
    this.#path = path;
    this.#keys = byId(first);
    this.#used = new LastUsed(path);
    const stopWatching = watchFile(path, poll, () => {
      try {
        this.#keys = byId(read());
        log({ event: 'keys', file: path, keys: this.#keys.size });
      } catch (error) {
        if (!(error instanceof UnusableFile)) throw error;
        log({ event: 'keys refused', reason: error.message });
      }
    });
    const writing = setInterval(() => this.#used.write(), 60_000).unref();
    this.#stop = () => {
      stopWatching();
      clearInterval(writing);
    };
  }

  get path(): string {
    return this.#path;
  }

  /** Whom this key lets ask at this moment, in milliseconds. Throws AccessRefused. */
  askerOf(key: string, now = Date.now()): Asker {
    const record = this.#keys.get(idOf(key) ?? '');
    if (!record || !matches(key, record.sha256))
      throw new AccessRefused('This key is not known. Ask without a key for public figures.');
    const state = stateOf(record, now);
    if (state === 'revoked')
      throw new AccessRefused('This key has been revoked. Ask whoever gave it to you for a new one.');
    if (state === 'expired')
      throw new AccessRefused(
        `This key has expired: its last day was ${record.expires}. Ask whoever gave it to you for a new one.`,
      );
    this.#used.note(record.id, now);
    return askerOfKey(record);
  }

  /** Writes down the last uses and stops looking at the file. */
  close(): void {
    this.#stop();
    this.#used.write();
  }
}

const byId = (keys: readonly KeyRecord[]) => new Map(keys.map((key) => [key.id, key]));
