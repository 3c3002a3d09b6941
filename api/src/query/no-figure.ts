import { dimensionsOf } from '@ahp/sql/dimensions-of';
import type { Sum } from '@ahp/sql/measure';
import { tableKey } from '../release/catalogue.ts';
import { formulaOf, lensesOf } from './lenses.ts';
import { levelText, nameOf, type Plan } from './plan.ts';
import { Problems } from './problems.ts';
import type { Asked } from './selection.ts';

/**
 * Problems with a question of which no figure can be there, whatever was reported: for each figure the reason. Null when one of them can be there, or
 * when the question asks for none.
 */
export function withoutAnyFigure(plan: Plan, figures: readonly Asked[], root: string): Problems | null {
  if (figures.length === 0 || !figures.every((figure) => isAbsent(plan, figure))) return null;
  const problems = new Problems(root);
  for (const figure of figures) problems.add('NO_FIGURE', reasonFor(plan, figure)!, 'rows', figure.measure.id);
  return problems;
}

/** Whether the release has no table of a figure, whoever reported. What was not sent for some places or periods is told in the answer. */
const isAbsent = (plan: Plan, figure: Asked): boolean => reasonFor(plan, figure) !== null;

function reasonFor(plan: Plan, { measure, given }: Asked): string | null {
  const { holding, grain, level, set } = plan;
  const { title } = measure;
  const formula = formulaOf(measure, given, holding);
  const lenses = lensesOf(measure, formula, plan);
  if (!lenses) {
    if (formula.kind === 'share' && !formula.categories)
      return `${title} is a share by ${formula.of.map(nameOf).join(' and ')}: split the answer by it.`;
    const by = measure.within ? [measure.within.dimension] : dimensionsOf(measure);
    return `${title} is about ${by.map(nameOf).join(' and ')} already, so it cannot be split or filtered by it.`;
  }
  const holds = (key: string, sum: Sum) => Object.keys(sum).every((tally) => holding.tallies.has(`${key}|${tally}`));
  const tables = holding.policy.map((entry) => ({ entry, key: tableKey(entry) }));
  const grains = new Set(tables.filter(({ key }) => holds(key, formula.numerator)).map(({ entry }) => entry.grain));
  if (grains.size === 0) return `${title} is not in this release: nothing that was loaded says anything of it.`;
  if (!grains.has(grain)) return `${title} is made by ${[...grains].join(' and ')}; this asks by ${grain}.`;
  const keyOf = (dimensions: readonly string[]) => tableKey({ grain, level, dimensions });
  const denominator = 'denominator' in formula ? formula.denominator : {};
  if (holds(keyOf(lenses.part.set), formula.numerator) && holds(keyOf(lenses.whole.set), denominator)) return null;
  return `${title} is not published for ${levelText(level)} by ${grain}${set.length > 0 ? ` and ${set.map(nameOf).join(' and ')}` : ''}.`;
}
