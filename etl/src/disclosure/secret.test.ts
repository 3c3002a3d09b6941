import { createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { readSecret } from './secret-file.ts';
import { parseSecret, Secret } from './secret.ts';

function refusal(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a secret', () => {
  test('is the same from hex, base64 and base64url', () => {
    const bytes = randomBytes(48);
    const prints = (['hex', 'base64', 'base64url'] as const).map((form) =>
      parseSecret(` ${bytes.toString(form)}\n`, 'x').fingerprint(),
    );
    expect(new Set(prints)).toEqual(new Set([new Secret(bytes).fingerprint()]));
  });

  test('gives the HMAC of its bytes', () => {
    const bytes = randomBytes(32);
    expect(new Secret(bytes).hmac('a|b|c')).toEqual(createHmac('sha256', bytes).update('a|b|c').digest());
  });

  test('has a fingerprint that changes with it', () => {
    const prints = Array.from({ length: 50 }, () => new Secret(randomBytes(32)).fingerprint());
    expect(new Set(prints).size).toBe(50);
    expect(prints.every((print) => /^[0-9a-f]{16}$/.test(print))).toBe(true);
  });

  test('never shows itself in logs, text or JSON', () => {
    const bytes = randomBytes(32);
    const secret = new Secret(bytes);
    const shown = [
      String(secret),
      `${secret}`,
      inspect(secret),
      inspect({ secret }, { showHidden: true, depth: 9 }),
      JSON.stringify({ secret }),
    ].join();
    expect(shown).toContain('[secret]');
    for (const form of ['hex', 'base64', 'latin1'] as const) expect(shown).not.toContain(bytes.toString(form));
    expect(Object.keys(secret)).toEqual([]);
  });

  test.each([
    ['too short', randomBytes(31).toString('hex')],
    ['one byte repeated', 'ab'.repeat(32)],
    ['a pass phrase', 'correct horse battery staple correct horse battery staple'],
  ])('is refused when it is %s, without being quoted', (_, text) => {
    const error = refusal(() => readSecret({ text }));
    expect(error.code).toBe('secret_weak');
    expect(error.message).toContain('AHP_SECRET');
    expect(error.message + error.stack).not.toContain(text);
  });

  test('is asked for when neither text nor file is given', () => {
    expect(refusal(() => readSecret({})).code).toBe('secret_missing');
    expect(refusal(() => readSecret({ text: '' })).code).toBe('secret_missing');
  });
});
