import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readWithdrawals, withdrawalLine } from './withdrawals.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const line = (number: number, version: string, key = privateKey) =>
  `${withdrawalLine({ number, version, at: '2026-04-01T09:30:00Z', by: 'Ann' }, key)}\n`;
const read = (text: string) => readWithdrawals(text, [publicKey]);

describe('a list of withdrawals', () => {
  const whole = line(1, '1.1.0') + line(2, '2.0.0');

  test('names what is withdrawn, in order and signed', () => {
    expect(read(whole)).toEqual({ versions: new Set(['1.1.0', '2.0.0']), length: 2, fault: null });
    expect(read('')).toEqual({ versions: new Set(), length: 0, fault: null });
  });

  test('leaves out a last line that a crash cut short', () => {
    expect(read(whole.slice(0, -20))).toEqual({ versions: new Set(['1.1.0']), length: 1, fault: null });
  });

  test.each<[string, string, number]>([
    ['from which a line was taken', line(2, '2.0.0'), 1],
    ['with a line of a stranger', line(1, '1.1.0') + line(2, '2.0.0', stranger.privateKey), 2],
    ['with another version in a line', whole.replace('"2.0.0"', '"3.0.0"'), 2],
    ['with a line that is no JSON', `${line(1, '1.1.0')}{"version":"2.0.0"\n`, 2],
  ])('%s has a fault, and withdraws what it names all the same', (_, text, at) => {
    const { fault, versions } = read(text);
    expect(fault).toMatch(new RegExp(`^line ${at} of`));
    expect(versions.size).toBeGreaterThan(0);
  });
});
