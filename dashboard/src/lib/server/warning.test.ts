import { expect, it } from 'vitest';
import { forReaders, generalWarnings, measureCaveats } from './warning.ts';

it('a warning on a page says what is so, and not how to write a query', () => {
  expect(
    forReaders('Beech took over from Damson: each has its own figures; `organisationView: AS_OF_TODAY` follows them.'),
  ).toBe('Beech took over from Damson: each has its own figures.');
  expect(forReaders('January may still be revised.')).toBe('January may still be revised.');
});

it('what is about some measures is said once beside the table of them, and not beside other figures', () => {
  const differ = { code: 'METHODS_DIFFER', message: 'Look at nations one by one; `by: [NATION]` gives each.' };
  const revised = { code: 'PROVISIONAL', message: 'January may still be revised.' };
  expect(measureCaveats([differ, revised, differ])).toEqual(['Look at nations one by one.']);
  expect(generalWarnings([differ, revised])).toEqual([revised]);
});
