import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { idOf } from './api-key.ts';
import { bearerOf } from './bearer.ts';
import type { Reader } from './dashboard-token.ts';

/**
 * By which name somebody who was let in is written down: `key 0a1b2c3d`, or `person` and a digest of issuer and subject, which tells the same person
 * again and says nothing about them. Null for everyone. For headers that were checked before.
 */
export function whoOf(header: string | undefined): string | null {
  const token = bearerOf(header);
  if (token === null) return null;
  const key = idOf(token);
  if (key) return `key ${key}`;
  const { iss, sub, reader } = decodeJwt<{ reader?: Reader }>(token);
  const [issuer, subject] = reader ? [reader.issuer, reader.subject] : [iss, sub];
  return `person ${createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
    .slice(0, 16)}`;
}
