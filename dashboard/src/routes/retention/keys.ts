import { categoryKey, nationKey } from '#lib/server/options.ts';
import type { View } from '#lib/server/view.ts';
import type { Keys } from '#lib/state/url-state.ts';

const splits = ['NATION', 'COHORT', 'PROFESSION', 'BAND', 'STAGE', 'SEX', 'ETHNIC_GROUP', 'AGE_BAND', 'DISABILITY'];

/** One split for every figure, and who the figures are about. */
export function retentionKeys(view: View): Keys {
  const labels = new Map(view.dimensions.map(({ id, label }) => [id as string, label]));
  const options = splits.flatMap((id) => {
    const label = id === 'NATION' ? 'Nation' : id === 'COHORT' ? 'Year of joining' : labels.get(id);
    return label ? [{ value: id.toLowerCase(), label }] : [];
  });
  const profession = categoryKey(view, 'PROFESSION', 'YEAR');
  return {
    by: { label: 'Split by', options: [...options, { value: 'none', label: 'No split' }], fallback: 'nation' },
    ...(view.source === 'EXTRACTS' ? { nation: nationKey(view) } : {}),
    ...(profession ? { profession } : {}),
  };
}
