import type { Secret } from '../disclosure/secret.ts';

const looked = 30;

/** The beginning of the secret and of its padded keys in every form in which it might be written: bytes, hex, base64. */
export function secretForms(secret: Secret): Buffer[] {
  const { inner, outer } = secret.pads();
  const plain = Buffer.from(inner.map((byte) => byte ^ 0x36));
  return [plain, inner, outer].flatMap((whole) => {
    const start = whole.subarray(0, looked);
    const hex = start.toString('hex');
    return [
      start,
      ...[hex, hex.toUpperCase(), start.toString('base64'), start.toString('base64url')].map((text) =>
        Buffer.from(text),
      ),
    ];
  });
}
