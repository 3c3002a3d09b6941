import { redirect } from '@sveltejs/kit';
import { foreign, type Keys, type State, writeState } from '#lib/state/url-state.ts';

/** A submitted form leaves blank and default values in the address: sends the reader on to the short form of the same page. */
export function toCanonical<K extends Keys>(url: URL, keys: K, state: State<K>): void {
  const untidy = [...url.searchParams].some(
    ([name, value]) => value === '' || (name in keys && !keys[name]?.many && value === keys[name]?.fallback),
  );
  if (!untidy || state.ignored.length > 0) return;
  const others = [...url.searchParams].filter(([name, value]) => foreign.has(name) && !(name in keys) && value !== '');
  const short = new URL(writeState(url.pathname, keys, state.values), url);
  for (const [name, value] of others) short.searchParams.append(name, value);
  redirect(303, short.pathname + short.search);
}
