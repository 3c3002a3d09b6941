import type { Tally } from '../src/tally.ts';

/** People counted by their work alone: that everybody of a profession has one band is no secret of theirs. */
const workOnly: ReadonlySet<Tally> = new Set<Tally>([
  'headcount',
  'headcount_core',
  'headcount_broad',
  'headcount_with_educators',
  'headcount_planned_for',
  'registered',
  'headcount_start',
  'headcount_end',
  'training_eligible',
  'cpd_hours_known',
]);
const work: ReadonlySet<string> = new Set(['profession', 'band']);

/**
 * Whether the rows of a table must have two categories above zero to be shown. A row is a cell cut along one dimension; when the cell and
 * its only part are published as the same figure, everybody in it has that category, and when they differ, somebody has another. So for
 * whatever is not the work alone: characteristics, stage, time in the organisation, and every event.
 */
export const rowsAreGuarded = (tally: Tally, set: readonly string[]): boolean =>
  set.length > 0 && (!workOnly.has(tally) || set.some((id) => !work.has(id)));

/**
 * Dimensions along which a row is guarded only where the cell that it cuts is published. How many left or registered in all is published by no table
 * of the months since joining, so no cell and its only part can be the same figure; and a curve would end at the first quarter in which few registered.
 */
export const guardedBesideTheirCell: ReadonlySet<string> = new Set(['elapsed', 'cohort']);

/**
 * Tallies whose people are nearly all those of another one, of which they are a part. Both are drawn with one key text, as two texts would be
 * two draws for one set of people, and are a row with what the larger has beyond the smaller: the smaller is shown when both are above zero.
 */
export const nestedIn: Partial<Record<Tally, Tally>> = {
  leavers_nhs: 'leavers_organisation',
  early_leavers: 'leavers_dated',
  joiners_nhs: 'joiners_organisation',
};

/** Tallies of people of whom others stay (or were there before): withheld where as many are published as there are people. */
export const partOf: Partial<Record<Tally, Tally>> = {
  leavers_organisation: 'headcount_start',
  leavers_support: 'headcount_start',
  leavers_nhs: 'headcount_start',
  leavers_role: 'headcount_start',
  went_inactive: 'headcount_start',
  to_registered: 'headcount_start',
  reclassified_out: 'headcount_start',
  joiners_organisation: 'headcount',
  joiners_support: 'headcount',
  joiners_nhs: 'headcount',
  reclassified_in: 'headcount',
};
