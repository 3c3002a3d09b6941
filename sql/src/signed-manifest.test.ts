import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, isSigned, publicKeysOf, signed } from './signed-manifest.ts';

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const manifest = { version: '1.0.0', files: { b: { bytes: 2 }, a: { bytes: 1 } }, embargoUntil: null };

test('canonical JSON does not depend on the order of members, and reads back as the same value', () => {
  expect(canonicalJson({ b: [1, null], a: 'x', c: undefined })).toBe('{"a":"x","b":[1,null]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a signed manifest verifies by its key, however it is laid out, and by no other', () => {
  const whole = signed(manifest, ours.privateKey);
  const { signature, files, ...rest } = whole;
  const shuffled = JSON.parse(JSON.stringify({ signature, files: { a: files.a, b: files.b }, ...rest }, null, 7));
  expect(isSigned(shuffled, [theirs.publicKey, ours.publicKey])).toBe(true);
  expect(isSigned(whole, [theirs.publicKey])).toBe(false);
  expect(isSigned(whole, [])).toBe(false);
});

test('any change of any member breaks the signature, and so does its absence', () => {
  const whole = signed(manifest, ours.privateKey);
  const changed: object[] = [
    { ...whole, version: '1.0.1' },
    { ...whole, embargoUntil: '2030-01-01T00:00:00Z' },
    { ...whole, files: { ...whole.files, a: { bytes: 3 } } },
    { ...whole, more: 1 },
    { ...whole, signature: { ...whole.signature, value: `A${whole.signature.value.slice(1)}`.replace(/^AA/, 'BA') } },
    { ...whole, signature: undefined },
    manifest,
  ];
  for (const one of changed) expect(isSigned(one, [ours.publicKey])).toBe(false);
});

test('a PEM text may hold several keys; one of another kind is refused', () => {
  const pem = [ours, theirs].map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' })).join('');
  expect(publicKeysOf(pem)).toHaveLength(2);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' });
  expect(() => publicKeysOf(String(rsa))).toThrow('no Ed25519');
  expect(() => publicKeysOf('')).toThrow('no Ed25519');
});
