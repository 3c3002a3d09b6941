import { type Keys, labelOf, type State } from '#lib/state/url-state.ts';
import type { Where } from './question.ts';

const upper = (values: string[] | undefined): string[] => (values ?? []).map((value) => value.toUpperCase());
const enums = ['nation', 'profession', 'band'];

/** The filters of an address as the API takes them; codes come from the catalogue, so their upper case is an enum value. */
export function whereOf(values: State<Keys>['values']): Where {
  const filters = enums.map((name) => [name, upper(values[name])] as const);
  return Object.fromEntries(filters.filter(([, list]) => list.length > 0)) as Where;
}

/** "Wales and Scotland, physiotherapy": who a figure is about. */
export function population(keys: Keys, values: State<Keys>['values'], fallback: string): string {
  const named = enums.flatMap((name) => {
    const chosen = values[name] ?? [];
    const key = keys[name];
    return key && chosen.length ? [chosen.map((value) => labelOf(key, value)).join(' and ')] : [];
  });
  return named.length ? named.join(', ') : fallback;
}
