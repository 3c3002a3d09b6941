import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What every key looks like, `ahp_` + id + `_` + secret: people and secret scanners recognise one where it should not be. */
export const keyPattern = /ahp_([0-9a-f]{8})_([\w-]{43})/;

/** A new key of 256 random bits, with the id by which people name it. The key itself is shown once and kept nowhere. */
export function newKey(): { id: string; key: string; sha256: string } {
  const id = randomBytes(4).toString('hex');
  const key = `ahp_${id}_${randomBytes(32).toString('base64url')}`;
  return { id, key, sha256: digestOf(key).toString('hex') };
}

/** SHA-256 of a key: enough for 256 random bits, where a slow hash would only slow the service down. */
export const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** The id in a key, or null when the text is none. */
export const idOf = (text: string): string | null => new RegExp(`^${keyPattern.source}$`).exec(text)?.[1] ?? null;

/** Whether the key has this digest, in a time that does not depend on where they differ. */
export const matches = (key: string, sha256: string): boolean =>
  timingSafeEqual(Buffer.from(sha256, 'hex'), digestOf(key));
