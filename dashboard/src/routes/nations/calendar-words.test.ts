import { expect, it } from 'vitest';
import { calendarWords } from './calendar-words.ts';

const quarters = ['2025-03-31', '2025-06-30', '2025-09-30'];

it.each([
  [['2025-03-31', '2025-04-30'], 2, 'A snapshot for each of 2 months'],
  [quarters, 7, 'Snapshots at the ends of quarters'],
  [quarters, 3, 'A snapshot for each of 3 months'],
  [['2025-03-31', '2025-04-30', '2025-06-30'], 4, 'Snapshots for 3 of 4 months'],
  [[], 4, 'No snapshot'],
])('says of %j of %i months: %3$s', (reported, months, words) => {
  expect(calendarWords(reported, months)).toBe(words);
});
