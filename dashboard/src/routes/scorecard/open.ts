import { toCanonical } from '#lib/server/canonical.ts';
import { type Catalogue, catalogue } from '#lib/server/catalogue.ts';
import { releaseKey } from '#lib/server/release.ts';
import { scorecard } from '#lib/server/statistics/scorecard.ts';
import { type Keys, readState } from '#lib/state/url-state.ts';
import { placeOf } from './place.ts';

/** Nations, regions and systems in one list; an organisation is named by its code. */
export function scorecardKeys(all: Catalogue): Keys {
  const group = (name: string, prefix: string, places: { code: string; label: string }[]) =>
    places.map(({ code, label }) => ({ value: `${prefix}-${code}`, label, group: name }));
  return {
    place: {
      label: 'Place',
      options: [
        { value: 'uk', label: 'United Kingdom' },
        ...group('Nations', 'nation', all.nations),
        ...group('Regions of England', 'region', all.regions),
        ...group('Systems and boards', 'system', all.systems),
      ],
      fallback: 'uk',
    },
  };
}

/** Everything that the page and its file need for one address. */
export async function openScorecard(url: URL) {
  const all = await catalogue();
  const keys = { ...scorecardKeys(all), ...releaseKey() };
  const state = readState(url.searchParams, keys);
  const organisation = url.searchParams.get('organisation')?.trim().slice(0, 20) || null;
  toCanonical(url, keys, state);
  return {
    all,
    keys,
    state,
    organisation,
    answer: await scorecard({ where: placeOf(state.values.place?.[0], organisation) }),
  };
}
