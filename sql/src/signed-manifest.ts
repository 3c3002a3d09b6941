import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** An Ed25519 signature inside the manifest that it signs: `key` names the public key, `value` is base64. */
export interface Signature {
  algorithm: 'Ed25519';
  key: string;
  value: string;
}

/**
 * JSON of a value with the keys of every object in order and no spaces, so that equal values have equal bytes.
 * `canonicalJson({ b: [1, null], a: 'x' })` is `{"a":"x","b":[1,null]}`. Members that are undefined are left out, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Short name of a public key: the first 16 hex digits of the SHA-256 of its DER bytes (SPKI). */
export function keyName(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** The manifest with its signature in the member `signature`; one that it had is replaced. */
export function signed<M extends object>(manifest: M, privateKey: KeyObject): M & { signature: Signature } {
  const value = sign(null, signedBytes(manifest), privateKey).toString('base64');
  return { ...manifest, signature: { algorithm: 'Ed25519', key: keyName(createPublicKey(privateKey)), value } };
}

/** Whether the member `signature` of a manifest was made over all its other members by the owner of one of the keys. */
export function isSigned(manifest: object, publicKeys: readonly KeyObject[]): boolean {
  const { signature } = manifest as { signature?: Partial<Signature> };
  if (signature?.algorithm !== 'Ed25519' || typeof signature.value !== 'string') return false;
  const value = Buffer.from(signature.value, 'base64');
  return publicKeys.some((key) => keyName(key) === signature.key && verify(null, signedBytes(manifest), key, value));
}

/** The Ed25519 public keys of a PEM text, which may hold several, one after another. Throws when a block is no such key. */
export function publicKeysOf(pem: string): KeyObject[] {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g) ?? [];
  const keys = blocks.map((block) => createPublicKey(block));
  if (keys.length === 0 || keys.some(({ asymmetricKeyType }) => asymmetricKeyType !== 'ed25519'))
    throw new Error('the text holds no Ed25519 public key in PEM');
  return keys;
}

function signedBytes(manifest: object): Buffer {
  return Buffer.from(canonicalJson({ ...manifest, signature: undefined }));
}
