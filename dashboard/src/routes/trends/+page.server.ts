import { catalogue } from '#lib/server/catalogue.ts';
import { toCanonical } from '#lib/server/canonical.ts';
import { chips, readState } from '#lib/state/url-state.ts';
import { trends } from './figures.ts';
import { trendKeys } from './keys.ts';
import { releaseKey } from '#lib/server/release.ts';
import { viewOf } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
  const all = viewOf(await catalogue(), url.searchParams.get('source') ?? undefined);
  const keys = { ...trendKeys(all), ...releaseKey() };
  const state = readState(url.searchParams, keys);
  toCanonical(url, keys, state);
  return {
    keys,
    values: state.values,
    ignored: state.ignored,
    chips: chips('/trends', keys, state),
    ...(await trends(all, keys, state)),
  };
};
