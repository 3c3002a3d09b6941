import { readState } from '#lib/state/url-state.ts';
import { signals } from '#lib/server/statistics/signals.ts';
import { findOrganisations } from '../organisations/listing.ts';
import type { PageServerLoad } from './$types';

/** Organisations by name, and where the figures of any organisation changed or stand apart. */
export const load: PageServerLoad = async ({ url }) => {
  const search = url.searchParams.get('q')?.trim().slice(0, 100) || null;
  const [found, told] = await Promise.all([search ? findOrganisations({}, search, null) : null, signals(20)]);
  return {
    ignored: readState(url.searchParams, {}).ignored,
    search,
    total: found?.totalCount ?? 0,
    organisations: found?.nodes ?? [],
    more: found?.pageInfo.hasNextPage ?? false,
    signals: told,
  };
};
