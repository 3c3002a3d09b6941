import { expect, test } from 'vitest';
import { moment, momentAhead } from './moment.ts';

test('a time with its zone is read as UTC', () => {
  expect(moment('2026-12-10T09:30Z')).toBe('2026-12-10T09:30:00.000Z');
  expect(moment('2027-06-10T09:30:00+01:00')).toBe('2027-06-10T08:30:00.000Z');
});

test.each(['2026-12-10T09:30', '2026-12-10', '10/12/2026 09:30Z', '2026-13-10T09:30Z', 'tomorrow', ''])(
  '“%s” is refused: whose clock is meant, or which day, is not certain',
  (text) => {
    expect(() => moment(text)).toThrow('with its zone');
  },
);

test('an embargo that has passed is refused with what to do', () => {
  expect(momentAhead('2999-12-10T09:30Z')).toBe('2999-12-10T09:30:00.000Z');
  expect(() => momentAhead('2020-12-10T09:30Z')).toThrow('leave --embargo out');
});
