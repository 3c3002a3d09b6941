import { catalogue } from '#lib/server/catalogue.ts';
import { toCanonical } from '#lib/server/canonical.ts';
import { chips, readState } from '#lib/state/url-state.ts';
import { profileKeys } from './keys.ts';
import { releaseKey } from '#lib/server/release.ts';
import { viewOf } from '#lib/server/view.ts';
import { organisation, profile } from './profile.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
  const [whole, found] = await Promise.all([catalogue(), organisation(params.ods)]);
  const all = viewOf(whole, url.searchParams.get('source') ?? undefined);
  const keys = { ...profileKeys(all, found.predecessors.length > 0), ...releaseKey() };
  const state = readState(url.searchParams, keys);
  toCanonical(url, keys, state);
  const shown = await profile(all, found.code, found.label, keys, state);
  return {
    organisation: found,
    keys,
    values: state.values,
    ignored: state.ignored,
    chips: chips(url.pathname, keys, state),
    ...shown,
  };
};
