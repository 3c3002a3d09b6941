import type { Formula, Sum } from '@ahp/sql/measure';
import type { Tally } from '@ahp/sql/tally';
import { tableKey, type CategoryRecord, type PeriodRecord } from '../release/catalogue.ts';
import type { CellStatus } from './figure.ts';
import type { Lens, Lenses } from './lenses.ts';
import type { Group } from './group.ts';
import type { Plan } from './plan.ts';

type Table = Pick<Plan, 'catalogue' | 'holding' | 'grain' | 'level' | 'set'>;

/** Why there can be no figure here, whatever the cells say; null where there can be one. Decided from the catalogue alone. */
export function absence(
  table: Table,
  group: Group,
  period: PeriodRecord,
  formula: Formula,
  lenses: Lenses | null,
): CellStatus | null {
  const categories = Object.values(group.categories);
  if (
    categories.some((category) => !isValid(category, period)) ||
    !group.place.members.some((area) => isValid(area, period))
  )
    return 'NOT_APPLICABLE';
  if (!lenses || isUnknownOfKnown(formula, group)) return 'NOT_APPLICABLE';
  const denominator = 'denominator' in formula ? formula.denominator : {};
  const held = (sum: Sum, lens: Lens) =>
    (Object.keys(sum) as Tally[]).every((tally) => isHeld({ ...table, set: lens.set }, group, period, tally));
  return held(formula.numerator, lenses.part) && held(denominator, lenses.whole) ? null : 'NOT_AVAILABLE';
}

/** A share of what is known has no place for what is not. */
function isUnknownOfKnown(formula: Formula, { categories }: Group): boolean {
  return (
    formula.kind === 'share' && formula.known === true && formula.of.some((id) => categories[id]?.code === 'unknown')
  );
}

function isHeld({ holding, grain, level, set }: Table, group: Group, period: PeriodRecord, tally: Tally): boolean {
  if (!holding.tallies.has(`${tableKey({ grain, level, dimensions: set })}|${tally}`)) return false;
  if (holding.source === 'published') return true;
  if (!period.flows && !holding.opening.has(`${grain}|${period.end}|${tally}`)) return false;
  return group.place.members.every((area) => {
    if (!isValid(area, period)) return true;
    const reports = level === 'organisation' || level === 'nation';
    if (reports && !holding.reported.has(`${grain}|${period.end}|${area.code}`)) return false;
    return !holding.uncollected.has(`${area.within('nation')?.code}|${tally}`);
  });
}

/** Whether a category or an area existed at the end of a period. */
function isValid(
  { validFrom, validTo }: Pick<CategoryRecord, 'validFrom' | 'validTo'>,
  { end }: { end: string },
): boolean {
  return (validFrom === null || validFrom <= end) && (validTo === null || validTo >= end);
}
