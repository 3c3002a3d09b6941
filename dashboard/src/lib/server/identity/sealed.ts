import { createHash } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt, type JWTPayload } from 'jose';

const idOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('base64url').slice(0, 8);

/** Seals a value for the reader's browser: it can neither be read nor changed there, nor used for anything but `purpose`, nor after `seconds`. */
export function seal(value: object, purpose: string, seconds: number, keys: readonly Uint8Array[]): Promise<string> {
  const [key] = keys;
  if (!key) throw new Error('there is no key to seal with');
  return new EncryptJWT(value as JWTPayload)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: idOf(key) })
    .setAudience(purpose)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .encrypt(key);
}

/** The value that was sealed; null when it was not sealed here, for this purpose, or has run out. */
export async function unseal<Value>(
  sealed: string | undefined,
  purpose: string,
  keys: readonly Uint8Array[],
): Promise<Value | null> {
  if (!sealed) return null;
  try {
    const keyOf = ({ kid }: { kid?: string }) => {
      const key = keys.find((one) => idOf(one) === kid);
      if (!key) throw new errors.JWEInvalid('sealed with another key');
      return key;
    };
    const { payload } = await jwtDecrypt(sealed, keyOf, {
      audience: purpose,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp'],
    });
    return payload as Value;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
