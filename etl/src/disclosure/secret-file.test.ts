import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { createSecretFile, readSecret } from './secret-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a secret file', () => {
  test('is made for its owner alone and read back', () => {
    const path = join(folder, 'made');
    const made = createSecretFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readSecret({ file: path }).fingerprint()).toBe(made.fingerprint());
  });

  test('is never replaced', () => {
    const path = join(folder, 'kept');
    createSecretFile(path);
    const before = readFileSync(path, 'utf8');
    expect(refusal(() => createSecretFile(path)).code).toBe('secret_exists');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test.each([0o644, 0o640, 0o604, 0o620])('is refused when its mode is %o', (mode) => {
    const path = join(folder, `open-${mode}`);
    const text = randomBytes(32).toString('hex');
    writeFileSync(path, text);
    chmodSync(path, mode);
    const error = refusal(() => readSecret({ file: path }));
    expect(error.code).toBe('secret_exposed');
    expect(error.message).toContain(path);
    expect(error.message).not.toContain(text);
  });

  test('is named when it is missing', () => {
    const error = refusal(() => readSecret({ file: join(folder, 'none') }));
    expect([error.code, error.message.includes('none')]).toEqual(['secret_missing', true]);
  });
});
