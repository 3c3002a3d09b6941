import { createHash, createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { Refusal } from '../refusal.ts';

/** The least length of a secret, in bytes. */
export const leastBytes = 32;
const blockBytes = 64;

/** The secret of the record keys. It prints as `[secret]` wherever it is logged, joined to text or turned into JSON. */
export class Secret {
  readonly #bytes: Buffer;

  /** `parseSecret` checks strength; the constructor takes any bytes. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  /** HMAC-SHA256 of a message, 32 bytes. */
  hmac(message: string): Buffer {
    return createHmac('sha256', this.#bytes).update(message).digest();
  }

  /** The inner and outer padded keys of HMAC (RFC 2104). As sensitive as the secret itself. */
  pads(): { inner: Buffer; outer: Buffer } {
    const key = this.#bytes.length > blockBytes ? createHash('sha256').update(this.#bytes).digest() : this.#bytes;
    const block = Buffer.concat([key, Buffer.alloc(blockBytes - key.length)]);
    const pad = (byte: number) => Buffer.from(block.map((value) => value ^ byte));
    return { inner: pad(0x36), outer: pad(0x5c) };
  }

  /**
   * 16 hex digits that change when the secret does and tell nothing about it. Kept in a release's manifest, so that a build with
   * another secret, which would draw the noise of past periods anew, is noticed.
   */
  fingerprint(): string {
    return this.hmac('fingerprint of the record key secret').toString('hex').slice(0, 16);
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** A secret from hex or base64 text of 32 bytes or more; `source` names it in errors. */
export function parseSecret(text: string, source: string): Secret {
  const trimmed = text.trim();
  const hex = /^([0-9a-f]{2})+$/i.test(trimmed);
  if (!hex && !/^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed)) {
    throw new Refusal(
      'secret_weak',
      `the secret in ${source} is neither hex nor base64; write 32 random bytes as either`,
    );
  }
  const bytes = Buffer.from(trimmed, hex ? 'hex' : 'base64');
  if (bytes.length < leastBytes || new Set(bytes).size < leastBytes / 2) {
    const fault = bytes.length < leastBytes ? `${bytes.length} bytes long` : 'not random';
    throw new Refusal(
      'secret_weak',
      `the secret in ${source} is ${fault}; at least ${leastBytes} random bytes are needed`,
    );
  }
  return new Secret(bytes);
}
