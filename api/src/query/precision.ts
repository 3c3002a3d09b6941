import type { Unit } from '@ahp/sql/measure';

/** A percentage whose interval is wider than this may be almost anything. */
const widestShare = 0.6;
/** So may a ratio of which the upper limit is more than so many times the lower one, or has none above zero. */
const widestFactor = 25;

/** Below this precision a figure says that it cannot tell: an interval so wide holds next to everything that could be. */
export function cannotTell(unit: Unit, value: number, lower: number, upper: number): boolean {
  if (unit === 'percent') return upper - lower > Math.max(widestShare, Math.abs(value) > 1 ? Math.abs(value) : 0);
  return unit === 'ratio' && value > 0 && (lower <= 0 ? upper > 3 : upper / lower > widestFactor);
}
