import type { Interval, Unit } from './figure.ts';

const decimals: Record<Unit, number> = {
  people: 0,
  fte: 0,
  roles: 0,
  percent: 1,
  points: 1,
  ratio: 2,
  per_100: 1,
  per_100k: 1,
  hours: 1,
  score: 2,
  domains: 1,
  months: 0,
};

/** A value of the API in the unit that people read: shares become percentages. */
export function inUnit(value: number, unit: Unit): number {
  return unit === 'percent' || unit === 'points' ? value * 100 : value;
}

/** A value as text, such as "31,204", "2.3%" or "1.08". */
export function format(value: number, unit: Unit): string {
  if (unit === 'ratio' && value > 100) return 'over 100';
  const places = decimals[unit];
  const text = inUnit(value, unit).toLocaleString('en-GB', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  const plain = text.replace(/^-0(\.0+)?$/, '0$1').replace(/^-/, '−');
  if (unit === 'percent') return `${plain}%`;
  return unit === 'points' ? `${plain} points` : plain;
}

/** An interval as text, such as "2.1% to 2.6%". */
export function formatInterval(interval: Interval, unit: Unit): string {
  return `${format(interval.lower, unit)} to ${format(interval.upper, unit)}`;
}

/** A difference as text with its sign in words, such as "up 3.1%" for people or "down 0.4 percentage points" for shares. */
export function formatChange(from: number, to: number, unit: Unit): string {
  const direction = to > from ? 'up' : 'down';
  const size = Math.abs(inUnit(to, unit) - inUnit(from, unit));
  if (unit === 'percent') return size < 0.05 ? 'unchanged' : `${direction} ${size.toFixed(1)} percentage points`;
  if (from === 0) return to === 0 ? 'unchanged' : `up from none`;
  const share = (size / Math.abs(from)) * 100;
  return share < 0.05 ? 'unchanged' : `${direction} ${share.toFixed(1)}%`;
}

/** What the axis says, such as "Percent of people" or "People". */
export const unitWords: Record<Unit, string> = {
  people: 'people',
  fte: 'full-time equivalents',
  roles: 'posts',
  percent: 'percent',
  points: 'percentage points',
  ratio: 'ratio',
  per_100: 'per 100 people',
  per_100k: 'per 100,000 people',
  hours: 'hours',
  score: 'score out of 10',
  domains: 'domains',
  months: 'months',
};
