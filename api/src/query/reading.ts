import type { Formula, Measure, Sum } from '@ahp/sql/measure';
import { tableKey } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Block, FigureAsked, View } from './block.ts';
import { readCells, type Line } from './cells.ts';
import { formulaOf, isPublished, lensesOf, type Lens, type Lenses } from './lenses.ts';
import type { Plan } from './plan.ts';
import type { Asked } from './selection.ts';

/** A figure asked for, worked out for one table: its formula, its lenses, and its place in the reading (null: nothing to read). */
export interface Prepared {
  key: string;
  measure: Measure;
  formula: Formula;
  lenses: Lenses | null;
  index: number | null;
}

/** What was read for one plan. */
export interface PlanRead {
  prepared: readonly Prepared[];
  lineOf: (group: number, period: number) => Line;
}

/** Reads the cells of plans of one source and grain, and makes the figures of all of them, in one statement. */
export async function readPlans(
  open: OpenRelease,
  plans: readonly Plan[],
  figures: readonly Asked[],
): Promise<PlanRead[]> {
  const [{ catalogue, holding, grain }] = plans as [Plan];
  const beside = plans.find(({ comparator }) => comparator)?.comparator ?? { catalogue, holding };
  const froms = plans.map((_, i) => plans.slice(0, i).reduce((sum, { groups }) => sum + groups.length, 0));
  const slots: FigureAsked[] = [];
  const views: View[] = [
    {
      blocks: plans.flatMap((plan, i) => blocksOf(plan, null, froms[i]!)),
      beside: plans.flatMap((plan, i) => besideOf(plan, null, froms[i]!)),
    },
  ];
  const known = new Map<string, number>();
  const viewOf = (plan: Plan, from: number, lens: Lens): number => {
    if (lens.set.join('+') === plan.set.join('+') && lens.key === plainKey(plan)) return 0;
    const key = `${from}|${lens.key}`;
    if (!known.has(key)) {
      known.set(key, views.length);
      views.push({ blocks: blocksOf(plan, lens, from), beside: besideOf(plan, lens, from) });
    }
    return known.get(key)!;
  };
  const preparedOf = (plan: Plan, from: number) =>
    figures.map(({ key, measure, given }): Prepared => {
      const formula = formulaOf(measure, given, plan.holding);
      const lenses = lensesOf(measure, formula, plan);
      const readable = lenses && isReadable(plan, measure, formula, lenses);
      if (!readable) return { key, measure, formula, lenses, index: null };
      const [part, whole] = [viewOf(plan, from, lenses.part), viewOf(plan, from, lenses.whole)];
      const found = slots.findIndex(
        (slot) => slot.measure === measure && slot.part === part && slot.whole === whole && slot.key === key,
      );
      if (found >= 0) return { key, measure, formula, lenses, index: found };
      slots.push({ key, measure, formula, part, whole });
      return { key, measure, formula, lenses, index: slots.length - 1 };
    });
  const prepared = plans.map((plan, i) => preparedOf(plan, froms[i]!));
  const lines = await readCells(open, { catalogue, holding, grain, beside, views, figures: slots });
  const byPlace = new Map(lines.map((line) => [`${line.g}|${line.p}`, line]));
  return plans.map((_, i) => ({
    prepared: prepared[i]!,
    lineOf: (group, period) => byPlace.get(`${froms[i]! + group}|${period}`)!,
  }));
}

/** Whether the release has every tally of a figure where it is read: an older release does not even know the names of newer ones. */
function isReadable(plan: Plan, measure: Measure, formula: Formula, { part, whole }: Lenses): boolean {
  const denominator = 'denominator' in formula ? formula.denominator : {};
  return holdsAll(plan, part, formula.numerator) && holdsAll(plan, whole, { ...denominator, ...measure.base });
}

function holdsAll(plan: Plan, lens: Lens, sum: Sum): boolean {
  const table = tableKey({ grain: plan.grain, level: plan.level, dimensions: lens.set });
  return (
    isPublished(plan, plan.level, lens) &&
    Object.keys(sum).every((tally) => plan.holding.tallies.has(`${table}|${tally}`))
  );
}

/** The key of the lens that changes nothing. */
const plainKey = ({ set }: Plan) => JSON.stringify([set, []]);

function blocksOf({ level, set, groups, periods, ...plan }: Plan, lens: Lens | null, from: number): Block[] {
  const whole: Block = {
    level,
    set: lens?.set ?? set,
    groups: groups.map(({ members }, index) => ({ g: from + index, members: lens ? lens.members(members) : members })),
    periods: periods.map(({ end }, p) => ({ p, end })),
  };
  return byReport(plan, whole);
}

function besideOf(plan: Plan, lens: Lens | null, from: number): Block[] {
  const { comparator, set } = plan;
  if (!comparator || (lens && !isPublished({ ...plan, holding: comparator.holding }, comparator.level, lens)))
    return [];
  const groups = comparator.members.flatMap((members, index) =>
    members.length > 0 ? [{ g: from + index, members: lens ? lens.members(members) : members }] : [],
  );
  const periods = comparator.periods.flatMap((period, p) => (period ? [{ p, end: period.end }] : []));
  if (groups.length === 0 || periods.length === 0) return [];
  return byReport(
    { ...plan, holding: comparator.holding },
    { level: comparator.level, set: lens?.set ?? set, groups, periods },
  );
}

/**
 * As of today, a block for each run of periods in which the same organisations reported: one that had not begun or had gone into another adds
 * neither a cell nor noise. Where none reported, all stand, so that the period has its zero or its “not available”.
 */
function byReport({ view, grain, holding }: Pick<Plan, 'view' | 'grain' | 'holding'>, block: Block): Block[] {
  if (view === 'time' || block.level !== 'organisation') return [block];
  const areas = [...new Set(block.groups.flatMap(({ members }) => members.map(({ area }) => area)))];
  const reporting = (end: string) => areas.filter((area) => holding.reported.has(`${grain}|${end}|${area}`));
  const runs = Map.groupBy(block.periods, ({ end }) => reporting(end).join('|'));
  return [...runs.values()].map((periods) => {
    const present = new Set(reporting(periods[0]!.end));
    const groups = block.groups.map(({ g, members }) => {
      const there = members.filter(({ area }) => present.has(area));
      return { g, members: there.length > 0 ? there : members };
    });
    return { ...block, periods, groups };
  });
}
