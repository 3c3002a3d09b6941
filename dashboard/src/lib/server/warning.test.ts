import { expect, it } from 'vitest';
import { forReaders } from './warning.ts';

it('a warning on a page says what is so, and not how to write a query', () => {
  expect(
    forReaders('Beech took over from Damson: each has its own figures; `organisationView: AS_OF_TODAY` follows them.'),
  ).toBe('Beech took over from Damson: each has its own figures.');
  expect(forReaders('January may still be revised.')).toBe('January may still be revised.');
});
