import type { Unit } from '@ahp/sql/measure';
import type { AudienceRecord } from '../release/catalogue.ts';

/** What an audience must be told about its figures. */
export function noiseStatement(audience: AudienceRecord): string {
  if (audience.v > 0) return 'Counts are changed slightly to protect people; totals may not add up.';
  return audience.displayMinimum <= 1
    ? 'Counts by work are exact; by a characteristic of people, counts from 1 to 4 are withheld, with others that would give them away. Not for publication.'
    : `Counts are exact; those above 0 and below ${audience.displayMinimum} are withheld.`;
}

/** A value in its unit as it is printed in the UK: `1,234`, `12.3%`, `0.85`. `base` decides the decimals of percentages. */
export function displayed(value: number, unit: Unit, base: number | null): string {
  switch (unit) {
    case 'percent':
      return `${grouped(value * 100, percentDecimals(base))}%`;
    case 'ratio':
    case 'score':
      return grouped(value, 2);
    case 'people':
    case 'months':
      return grouped(value, 0);
    default:
      return grouped(value, 1);
  }
}

/** The first three of several things, and how many more there are: `a, b, c and 2 more`. */
export const listed = (items: readonly string[], between = ', ') =>
  items.length <= 3 ? items.join(between) : `${items.slice(0, 3).join(between)} and ${items.length - 3} more`;

/** A place inside a sentence: `the United Kingdom`, `Scotland`. */
export const placeName = ({ level, label }: { level: string; label: string }) =>
  level === 'uk' ? `the ${label}` : label;

const longDays = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** An ISO day as it is written out: `1 April 2024`. */
export const longDay = (day: string) => longDays.format(new Date(day));

/** Small first letter, as inside a sentence; abbreviations such as CPD stay as they are. */
export function lowerFirst(words: string): string {
  return /^\p{Lu}\p{Lu}/u.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

/** A difference in its unit, with its sign: `+1.2 percentage points`, `−34`. */
export function displayedDifference(value: number, unit: Unit, base: number | null): string {
  const sign = value > 0 ? '+' : '';
  if (unit !== 'percent') return `${sign}${displayed(value, unit, base)}`;
  return `${sign}${grouped(value * 100, percentDecimals(base))} percentage points`;
}

/** Percentages of fewer than 100 people are given without decimals. */
const percentDecimals = (base: number | null) => (base !== null && base < 100 ? 0 : 1);

/** Whether a value above zero would be printed as zero. */
export function roundsToZero(value: number, unit: Unit, base: number | null): boolean {
  return value !== 0 && !/[1-9]/.test(displayed(value, unit, base));
}

/** Formats are kept: making one takes longer than printing a thousand numbers with it. */
const formats = [0, 1, 2].map(
  (decimals) => new Intl.NumberFormat('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
);
const twoDigits = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });

/** A number with two significant digits: `2.5`, `14`. */
export const roughly = (value: number) => twoDigits.format(value);

function grouped(value: number, decimals: 0 | 1 | 2): string {
  const text = formats[decimals]!.format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
