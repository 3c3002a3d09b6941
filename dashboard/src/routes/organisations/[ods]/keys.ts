import { grainKey, sourceKey } from '#lib/server/options.ts';
import { dimensionsAt, type Grain, type View } from '#lib/server/view.ts';
import type { Keys } from '#lib/state/url-state.ts';

/** For an organisation that took others over: its own figures alone, or with theirs. */
const organisationsAs = {
  label: 'Before the merger',
  options: [
    { value: 'time', label: 'As at the time: its own figures' },
    { value: 'today', label: 'As of today: with those it took over' },
  ],
  fallback: 'time',
};

/**
 * What is published for nations may be asked for one organisation too: the API says what it cannot answer, and the page
 * says why and offers what can be.
 */
export function profileKeys(view: View, merged: boolean): Keys {
  const [grain, source] = [grainKey(view), sourceKey(view)];
  const at = (grain.fallback?.toUpperCase() ?? 'QUARTER') as Grain;
  const dimensions = dimensionsAt(view, 'NATION', at).map(({ id, label }) => ({ value: id.toLowerCase(), label }));
  const allowed = [at, 'YEAR' as const].flatMap((one) => dimensionsAt(view, 'ORGANISATION', one))[0]?.id.toLowerCase();
  return {
    grain,
    ...(source ? { source } : {}),
    ...(merged ? { as: organisationsAs } : {}),
    ...(dimensions.length
      ? { by: { label: 'Split headcount by', options: dimensions, fallback: allowed ?? dimensions[0]?.value } }
      : {}),
  };
}
