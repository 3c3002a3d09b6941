import { dimensions, setName } from '../lattice/dimensions.ts';
import { families, talliesOf, type Grain } from '../lattice/policy.ts';
import { argumentsOf } from './arguments.ts';
import type { Measure, Sum } from './measure.ts';
import type { Tally } from './tally.ts';

const held = new Set(
  families.flatMap((family) =>
    family.sets.flatMap((set) =>
      family.grains.flatMap((grain) => talliesOf(family).map((tally) => `${grain}|${setName(set)}|${tally}`)),
    ),
  ),
);
const sets = families.flatMap((family) => family.sets);

const holds = (grain: Grain, set: readonly string[], sum: Sum) =>
  (Object.keys(sum) as Tally[]).every((tally) => held.has(`${grain}|${setName(set)}|${tally}`));

/**
 * What a measure may be split by, at some level and grain for some audience, in the order of the dimensions of cells: those of the sets that hold
 * all its tallies together. `dimensionsOf(measureById('vacancy_rate'))` → `['profession', 'band']`.
 */
export function dimensionsOf(measure: Measure): string[] {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  const whole: Sum = { ...('denominator' in formula ? formula.denominator : {}), ...measure.base };
  const looked = formula.kind === 'share' && (formula.categories || formula.known) ? formula.of : [];
  const found = measure.grains.flatMap((grain) =>
    sets.filter((set) => {
      const rest = formula.kind === 'share' ? set.filter((id) => !formula.of.includes(id)) : set;
      if (formula.kind === 'share' && rest.length === set.length) return false;
      return holds(grain, set, formula.numerator) && (holds(grain, rest, whole) || holds(grain, set, whole));
    }),
  );
  const used = new Set(found.flat());
  const own = formula.kind === 'share' && formula.categories ? looked : [];
  return dimensions.map(({ id }) => id).filter((id) => used.has(id) && !own.includes(id));
}
