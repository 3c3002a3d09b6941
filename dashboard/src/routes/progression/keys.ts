import { categoryKey, nationKey } from '#lib/server/options.ts';
import type { View } from '#lib/server/view.ts';
import type { Keys } from '#lib/state/url-state.ts';

const starts = ['BAND', 'STAGE', 'PROFESSION', 'SEX', 'ETHNIC_GROUP', 'AGE_BAND', 'DISABILITY', 'TENURE_BAND'];
const splits = ['NATION', 'PROFESSION', 'BAND', 'STAGE', 'SEX', 'ETHNIC_GROUP', 'AGE_BAND', 'DISABILITY'];

/** Where the pipeline begins, what the rates are split by, which year, and who it is about. */
export function progressionKeys(view: View): Keys {
  const labels = new Map(view.dimensions.map(({ id, label }) => [id as string, label]));
  const offer = (ids: string[]) =>
    ids.flatMap((id) => {
      const label = id === 'NATION' ? 'Nation' : labels.get(id);
      return label ? [{ value: id.toLowerCase(), label }] : [];
    });
  const years = view.periods
    .filter((period) => period.grain === 'YEAR' && period.flows)
    .map(({ end, label }) => ({ value: end.slice(0, 7), label }))
    .reverse();
  const profession = categoryKey(view, 'PROFESSION', 'YEAR');
  return {
    by: { label: 'Split rates by', options: offer(splits), fallback: 'nation' },
    from: { label: 'Pipeline begins with', options: offer(starts), fallback: 'band' },
    ...(years.length ? { year: { label: 'Year', options: years, fallback: years[0]?.value } } : {}),
    ...(view.source === 'EXTRACTS' ? { nation: nationKey(view) } : {}),
    ...(profession ? { profession } : {}),
  };
}
