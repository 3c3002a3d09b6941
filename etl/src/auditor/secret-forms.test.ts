import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../disclosure/secret.ts';
import { secretForms } from './secret-forms.ts';

test('a secret is found however it was written', () => {
  const bytes = randomBytes(32);
  const secret = new Secret(bytes);
  const forms = secretForms(secret);
  const found = (text: Buffer | string) => forms.some((form) => Buffer.from(text as string).includes(form));
  for (const written of [
    bytes,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ])
    expect(
      found(Buffer.concat([Buffer.from('before '), Buffer.from(written as string), Buffer.from(' after')]) as never),
    ).toBe(true);
  expect(found(secret.pads().outer as never)).toBe(true);
  expect(found(randomBytes(4096) as never)).toBe(false);
  expect(found(secret.fingerprint())).toBe(false);
});
