import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, errors, type CryptoKey, type JSONWebKeySet, type JWSHeaderParameters } from 'jose';
import { IdentityUnavailable } from './asker.ts';

interface Times {
  /** Milliseconds after which keys are read again. */
  refreshAfter?: number;
  /** Milliseconds between two attempts at reading them, whatever tokens ask for. */
  cooldown?: number;
  /** Milliseconds for which keys hold that cannot be read again. */
  keepFor?: number;
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * The public keys of an issuer, from an address or a file, read when first needed. A key that is not among them makes them be read again, as after
 * a rotation, at most once in the cooldown. While the issuer does not answer, those read before hold for some hours; then its tokens are refused.
 */
export class IssuerKeys {
  readonly #place: string;
  readonly #times: Required<Times>;
  #set: KeySet | null = null;
  #readAt = -Infinity;
  #triedAt = -Infinity;
  #reading: Promise<boolean> | null = null;

  constructor(place: string, times: Times = {}) {
    this.#place = place;
    this.#times = { refreshAfter: 10 * 60_000, cooldown: 30_000, keepFor: 4 * 3_600_000, ...times };
  }

  /** The key for a token, as jose asks for it. Throws IdentityUnavailable while there are no keys to go by. */
  readonly find = async (header: JWSHeaderParameters): Promise<CryptoKey> => {
    if (Date.now() - this.#readAt > this.#times.refreshAfter) await this.#read();
    try {
      return await this.#held()(header);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !(await this.#read())) throw error;
      return this.#held()(header);
    }
  };

  #held(): KeySet {
    if (this.#set && Date.now() - this.#readAt <= this.#times.keepFor) return this.#set;
    throw new IdentityUnavailable(
      'The keys of the issuer of this token cannot be read at the moment. Ask again in a minute.',
    );
  }

  /** Reads the keys unless that was tried just now; gives whether they were read. */
  #read(): Promise<boolean> {
    if (this.#reading) return this.#reading;
    if (Date.now() - this.#triedAt < this.#times.cooldown) return Promise.resolve(false);
    this.#triedAt = Date.now();
    this.#reading = keysAt(this.#place)
      .then((keys) => {
        this.#set = createLocalJWKSet(keys);
        this.#readAt = Date.now();
        return true;
      })
      .catch(() => false)
      .finally(() => (this.#reading = null));
    return this.#reading;
  }
}

async function keysAt(place: string): Promise<JSONWebKeySet> {
  if (!URL.canParse(place)) return JSON.parse(await readFile(place, 'utf8')) as JSONWebKeySet;
  const response = await fetch(place, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(3_000),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as JSONWebKeySet;
}
