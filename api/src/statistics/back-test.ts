import type { CategoryRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Figure } from '../query/figure.ts';
import { stockAt, sum, type Setting } from './observed-years.ts';
import { forecast } from './projected-year.ts';
import { projected as definitions } from './projection-definitions.ts';
import { statistic } from './statistic.ts';
import { fit, project, type ObservedYear } from './stock-flow.ts';

/** How well a year would have been predicted. */
export interface BackTest {
  period: PeriodRecord;
  predicted: Figure;
  observed: Figure;
  error: Figure;
  statement: string;
}

/** Each year predicted from the years before it alone. */
export function backTestsOf(
  setting: Setting,
  states: readonly CategoryRecord[],
  observed: readonly (ObservedYear | null)[],
): BackTest[] {
  return observed.flatMap((year, p): BackTest[] => {
    const known = observed.slice(0, p).flatMap((earlier) => earlier ?? []);
    if (!year || known.length === 0) return [];
    const period = setting.stocked.plan.periods[p]!;
    const [next] = project(
      fit(known),
      states.map((state) => stockAt(setting, state, p - 1)),
      1,
      1,
    );
    const found = sum(states.map((state) => stockAt(setting, state, p)));
    const error = found > 0 ? next!.total / found - 1 : null;
    const predicted = statistic(definitions.stock, {
      value: next!.total,
      lower: next!.limits.total.lower,
      upper: next!.limits.total.upper,
      method: 'seeded draws of the moves and of chance',
      flags: forecast,
    });
    const inside = found >= next!.limits.total.lower && found <= next!.limits.total.upper;
    const off = statistic(definitions.error, { value: error });
    return [
      {
        period,
        predicted,
        observed: statistic(definitions.stock, { value: found }),
        error: off,
        statement: `${period.label} from the years before it: ${predicted.display} predicted, ${Math.round(found).toLocaleString('en-GB')} found (${off.display}); the interval ${inside ? 'held' : 'did not hold'} what was found.`,
      },
    ];
  });
}
