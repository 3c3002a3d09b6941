import { catalogue } from '#lib/server/catalogue.ts';
import { viewOf } from '#lib/server/view.ts';
import { readState } from '#lib/state/url-state.ts';
import { findOrganisations, linesOf, listFigure, organisationKeys } from './listing.ts';

/** Everything that the list page and its file need for one address. */
export async function loadListing(url: URL) {
  const all = viewOf(await catalogue());
  const keys = organisationKeys(all);
  const state = readState(url.searchParams, keys);
  const search = url.searchParams.get('q')?.trim().slice(0, 100) || null;
  const found = await findOrganisations(state.values, search, url.searchParams.get('after'));
  const shown = await linesOf(
    all,
    found.nodes.map((one) => one.code),
  );
  return {
    keys,
    state,
    search,
    found,
    shown,
    caveat: all.population.caveat,
    figure: listFigure(all, found, shown, url.pathname.replace(/\/figure\.csv$/, '') + url.search),
  };
}
