/** One key of a page's address: which values it takes, and the one that is left out because it is the default. */
export interface Key {
  label: string;
  options: readonly { value: string; label: string; group?: string }[];
  /** Several values may be given, each as its own `key=value`. */
  many?: boolean;
  /** What the empty choice is called where there is no fallback; "All" when absent. */
  none?: string;
  /** What counts when nothing is given; empty for `many`. */
  fallback?: string;
}

export type Keys = Record<string, Key>;

/** What an address asks for, and what in it was not understood. */
export interface State<K extends Keys> {
  values: { [Name in keyof K]: string[] };
  ignored: { key: string; value: string }[];
}

/** Keys that other parts of the site read from the address, not the filters. */
export const foreign = new Set(['figure', 'after', 'q', 'release', 'organisation']);

/** Reads the filters of an address; an unknown key or value is put aside for a visible notice, never an error. */
export function readState<K extends Keys>(search: URLSearchParams, keys: K): State<K> {
  const ignored: State<K>['ignored'] = [];
  const values = {} as State<K>['values'];
  for (const name of Object.keys(keys) as (keyof K & string)[]) {
    const key = keys[name] as Key;
    const known = new Set(key.options.map((option) => option.value));
    const given = [...new Set(search.getAll(name).filter((value) => value !== ''))];
    ignored.push(...given.filter((value) => !known.has(value)).map((value) => ({ key: name, value })));
    const valid = key.options.map((option) => option.value).filter((value) => given.includes(value));
    values[name] = key.many ? valid : valid.slice(0, 1).length ? valid.slice(0, 1) : key.fallback ? [key.fallback] : [];
  }
  for (const [name, value] of search) if (!(name in keys) && !foreign.has(name)) ignored.push({ key: name, value });
  return { values, ignored };
}

/** Writes filters as an address: keys in their declared order, values in the order of their options, defaults left out. */
export function writeState<K extends Keys>(path: string, keys: K, values: State<K>['values']): string {
  const search = new URLSearchParams();
  for (const [name, key] of Object.entries(keys)) {
    const chosen = values[name] ?? [];
    const ordered = key.options.map((option) => option.value).filter((value) => chosen.includes(value));
    for (const value of ordered) if (key.many || value !== key.fallback) search.append(name, value);
  }
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}

export interface Chip {
  label: string;
  /** The same page without this filter. */
  without: string;
}

/** One chip per filter that differs from the default. */
export function chips<K extends Keys>(path: string, keys: K, state: State<K>): Chip[] {
  return Object.entries(keys).flatMap(([name, key]) =>
    (state.values[name] ?? [])
      .filter((value) => key.many || value !== key.fallback)
      .map((value) => ({
        label: `${key.label}: ${key.options.find((option) => option.value === value)?.label ?? value}`,
        without: writeState(path, keys, {
          ...state.values,
          [name]: (state.values[name] ?? []).filter((other) => other !== value),
        }),
      })),
  );
}

/** The label of a chosen value. */
export function labelOf(key: Key | undefined, value: string | undefined): string {
  return key?.options.find((option) => option.value === value)?.label ?? value ?? '';
}
