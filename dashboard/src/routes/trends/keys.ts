import { categoryKey, grainKey, measureKey, nationKey, sourceKey, splitKey } from '#lib/server/options.ts';
import type { Grain, View } from '#lib/server/view.ts';
import type { Keys } from '#lib/state/url-state.ts';

const years = [1, 2, 3, 5, 10].map((count) => ({
  value: String(count),
  label: count === 1 ? '1 year' : `${count} years`,
}));

/** The filters of the page; what the source does not hold is not offered. */
export function trendKeys(view: View): Keys {
  const grain = grainKey(view);
  const at = (grain.fallback?.toUpperCase() ?? 'QUARTER') as Grain;
  const [profession, band, source] = [
    categoryKey(view, 'PROFESSION', at),
    categoryKey(view, 'BAND', at),
    sourceKey(view),
  ];
  return {
    measure: measureKey(view, 'headcount'),
    by: splitKey(view, at),
    grain,
    last: { label: 'How far back', options: years, fallback: '5' },
    ...(source ? { source } : {}),
    ...(view.source === 'EXTRACTS' ? { nation: nationKey(view) } : {}),
    ...(profession ? { profession } : {}),
    ...(band ? { band } : {}),
  };
}
