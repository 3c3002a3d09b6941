import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from './manifest.ts';
import { compareVersions, isVersion, nextVersion } from './version.ts';

const kinds = (...names: Change['kind'][]) => names.map((kind) => ({ kind }));

test.each([
  [null, [], '1.0.0'],
  [null, kinds('removed'), '1.0.0'],
  ['1.2.3', kinds('revised'), '1.2.4'],
  ['1.2.3', [], '1.2.4'],
  ['1.2.3', kinds('revised', 'added'), '1.3.0'],
  ['1.2.3', kinds('relabelled'), '1.3.0'],
  ['1.2.3', kinds('added', 'removed', 'revised'), '2.0.0'],
  ['1.9.9', kinds('revised'), '1.9.10'],
  ['9.0.0', kinds('removed'), '10.0.0'],
])('after %s with %j comes %s', (latest, changes, expected) => {
  expect(nextVersion(latest, changes)).toBe(expected);
});

test('the next version is always later than the one before', () => {
  const part = fc.nat({ max: 50 });
  const kind = fc.constantFrom<Change['kind']>('removed', 'added', 'relabelled', 'revised');
  fc.assert(
    fc.property(fc.tuple(part, part, part), fc.array(kind), (parts, found) => {
      const latest = parts.join('.');
      expect(compareVersions(nextVersion(latest, kinds(...found)), latest)).toBeGreaterThan(0);
    }),
  );
});

test('only three whole numbers are a version', () => {
  expect(['1.0.0', '10.20.30'].every(isVersion)).toBe(true);
  expect(['1.0', '1.0.0-rc', '../1.0.0', '.staging-1', 'v1.0.0', ''].some(isVersion)).toBe(false);
});
