import type { Formula, Measure } from '@ahp/sql/measure';
import type { AudienceRecord } from '../release/catalogue.ts';
import type { Side } from './cells.ts';
import type { CellStatus } from './figure.ts';
import { personsIn } from './noise.ts';
import type { Plan } from './plan.ts';
import { cannotTell } from './precision.ts';
import { roundsToZero } from './words.ts';

/** Whether a status goes with a value. */
export const isShown = (status: CellStatus) => status === 'OK' || status === 'LOW' || status === 'LOW_RELIABILITY';

/** The status that the cells themselves give, for a figure or for what it is compared with. */
export function statusOf(
  { source, catalogue, set }: Pick<Plan, 'source' | 'catalogue' | 'set'>,
  measure: Measure,
  formula: Formula,
  side: Side,
  found: boolean,
): CellStatus {
  const rate = formula.kind !== 'count';
  if (side.withheld) return 'CONFIDENTIAL';
  if (side.x === null || (rate && side.n === null))
    return source === 'published' || !found ? 'NOT_AVAILABLE' : 'CONFIDENTIAL';
  if (rate && side.n! <= 0) return 'NOT_APPLICABLE';
  if (source === 'extracts' && isBelowDisplay(catalogue.audience, formula, side)) return 'CONFIDENTIAL';
  const base = baseOf(measure, formula, side);
  if (source === 'extracts' && base !== null && base < catalogue.audience.rateMinimum) return 'CONFIDENTIAL';
  if (side.value === null) return 'NOT_APPLICABLE';
  if (source === 'extracts' && tellsOfFew({ catalogue, set }, formula, side)) return 'CONFIDENTIAL';
  if (source === 'extracts' && isCannotTell(measure, side)) return 'CANNOT_TELL';
  if (rate && roundsToZero(side.value * (measure.scale ?? 1), measure.unit, base)) return 'LOW';
  return rate && isUnreliable(side) ? 'LOW_RELIABILITY' : 'OK';
}

const isCannotTell = ({ unit, scale = 1 }: Measure, { value, lower, upper }: Side) =>
  lower !== null && upper !== null && cannotTell(unit, value! * scale, lower * scale, upper * scale);

/**
 * A single published cell of a few people, which some audiences’ files hold for the sake of sums. A share or rate of it would tell it, times its
 * base.
 */
function isBelowDisplay(
  { displayMinimum, v }: AudienceRecord,
  { kind, numerator }: Formula,
  { x, cells }: Side,
): boolean {
  if (
    kind === 'ratio' ||
    kind === 'change' ||
    (kind !== 'count' && v === 0) ||
    cells > 1 ||
    Object.keys(numerator).length > 1
  )
    return false;
  const people = x! / personsIn(numerator);
  return people > 0 && people < displayMinimum;
}

/** From this many people on an employer is told of its own people by a characteristic. */
const fewest = 5;

/** An exact share of people by a characteristic of theirs of whom 1 to 4 are left over: the share, times its base, would tell how many. */
function tellsOfFew({ catalogue, set }: Pick<Plan, 'catalogue' | 'set'>, formula: Formula, { x, n }: Side): boolean {
  if (catalogue.audience.v > 0 || (formula.kind !== 'proportion' && formula.kind !== 'share')) return false;
  const used = formula.kind === 'share' ? [...set, ...formula.of] : set;
  if (!catalogue.dimensions.some(({ id, protectedCharacteristic }) => protectedCharacteristic && used.includes(id)))
    return false;
  const rest = n! / personsIn(formula.denominator) - x! / personsIn(formula.numerator);
  return rest > 0 && rest < fewest;
}

/** Fewer than 20 effective people, or an interval wider than the value itself: the rule of the [u] marker. */
function isUnreliable({ value, lower, upper, effective }: Side): boolean {
  if (effective !== null && effective < 20) return true;
  return lower !== null && upper !== null && value !== 0 && (upper - lower) / 2 > Math.abs(value!) / 2;
}

/** People that a figure rests on; null for a count that rests on nothing but itself. */
export function baseOf({ base }: Measure, formula: Formula, side: Pick<Side, 'n' | 'base'>): number | null {
  if (base) return side.base === null ? null : side.base / personsIn(base);
  return formula.kind === 'count' || side.n === null ? null : side.n / personsIn(formula.denominator);
}
