import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSigned, publicKeysOf } from '@ahp/sql/signed-manifest';
import { readWithdrawals } from '@ahp/sql/withdrawals';
import { UnusableRelease } from './unusable-release.ts';

/** A signed manifest, as far as trust in it goes: `withdrawals` is how many releases had been withdrawn when it was signed. */
interface Trusted {
  version: string;
  withdrawals?: number;
}

/**
 * What the releases of a folder are believed by: the public keys that were there when the api started (or those of a file named in its configuration),
 * and the list of releases that were withdrawn. A key or a line that is taken away later changes nothing.
 */
export class Trust {
  readonly #keys: readonly KeyObject[];
  readonly #list: string;
  readonly #withdrawn = new Set<string>();
  #most = 0;

  private constructor(data: string, keys: readonly KeyObject[]) {
    this.#keys = keys;
    this.#list = join(data, 'releases', 'withdrawn.jsonl');
  }

  /** Reads the keys. Throws UnusableRelease when there are none: a changed release could not be told from a whole one. */
  static async of(data: string, publicKey: string | null = null): Promise<Trust> {
    const path = publicKey ?? join(data, 'releases', 'public-key.pem');
    const pem = await readFile(path, 'utf8').catch(() => null);
    const name = publicKey ?? 'releases/public-key.pem';
    if (pem === null)
      throw new UnusableRelease(
        `${name} cannot be read: without the public key no release can be told from a changed one. Put it back from a backup, or name the right file with --public-key`,
      );
    try {
      return new Trust(data, publicKeysOf(pem));
    } catch {
      throw new UnusableRelease(`${name} holds no Ed25519 public key in PEM`);
    }
  }

  isSigned(manifest: object): boolean {
    return isSigned(manifest, this.#keys);
  }

  /** Throws UnusableRelease when a manifest is not signed, is of a withdrawn release, or knows of more withdrawals than the list. */
  async check(manifest: Trusted): Promise<void> {
    const say = (what: string) => new UnusableRelease(`release ${manifest.version}: ${what}`);
    if (!this.isSigned(manifest)) throw say('its manifest is not signed by a known key');
    const text = await readFile(this.#list, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
      throw say('releases/withdrawn.jsonl cannot be read');
    });
    const { versions, length, fault } = readWithdrawals(text, this.#keys);
    for (const version of versions) this.#withdrawn.add(version);
    this.#most = Math.max(this.#most, length, manifest.withdrawals ?? 0);
    if (this.#withdrawn.has(manifest.version)) throw say('it was withdrawn');
    if (fault) throw say(fault);
    if (length < this.#most)
      throw say(
        `releases/withdrawn.jsonl has ${length} of ${this.#most} lines: put it back from a backup, so that nothing that was withdrawn is served`,
      );
  }
}
