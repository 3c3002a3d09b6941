import { categoryKey, measureKey } from '#lib/server/options.ts';
import { askedByYear } from './askable.ts';
import type { View } from '#lib/server/view.ts';
import type { Keys } from '#lib/state/url-state.ts';

const counted = ['PEOPLE', 'FTE', 'ROLES'];

/** Which measures stand in the table, which one is drawn, and for whom. Counts are not drawn: nations differ in size. */
export function nationsKeys(view: View): Keys {
  const rates = new Set(
    askedByYear(view.measures)
      .filter(({ unit, comparable }) => !counted.includes(unit) && comparable.length > 1)
      .map(({ id }) => id),
  );
  const measure = measureKey(view, 'leaver_rate');
  const profession = categoryKey(view, 'PROFESSION', 'YEAR');
  return {
    ask: {
      label: 'Measures in the table',
      options: [{ value: 'main', label: 'The main ones' }, ...view.asks.map(({ id, label }) => ({ value: id, label }))],
      fallback: 'main',
    },
    measure: {
      ...measure,
      label: 'Measure in the first chart',
      options: measure.options.filter(({ value }) => rates.has(value)),
    },
    ...(profession ? { profession } : {}),
  };
}
