import { toCanonical } from '#lib/server/canonical.ts';
import { loadListing } from './load-listing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
  const { keys, state, search, found, shown, figure, caveat } = await loadListing(url);
  toCanonical(url, keys, state);
  const next = new URLSearchParams(url.searchParams);
  if (found.pageInfo.endCursor) next.set('after', found.pageInfo.endCursor);
  const first = new URLSearchParams(url.searchParams);
  first.delete('after');
  return {
    keys,
    values: state.values,
    ignored: state.ignored,
    search,
    caveat,
    total: found.totalCount,
    rows: found.nodes.map((organisation, place) => ({ ...organisation, line: shown.lines[place] })),
    headcountWhen: shown.headcountWhen,
    leaverWhen: shown.leaverWhen,
    provenance: figure.provenance,
    csv: figure.csv,
    next: found.pageInfo.hasNextPage ? `/organisations?${next}` : null,
    first: url.searchParams.has('after') ? `/organisations${first.size ? `?${first}` : ''}` : null,
  };
};
