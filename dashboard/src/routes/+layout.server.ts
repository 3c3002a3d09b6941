import { catalogue } from '#lib/server/catalogue.ts';
import { dataKind } from '#lib/server/provenance.ts';
import { organisationOf } from '#lib/server/identity/asking-as.ts';
import { viewingOf } from '#lib/server/identity/viewing.ts';
import { viewOf } from '#lib/server/view.ts';
import { AHP_API_PUBLIC } from '$app/env/private';
import type { LayoutServerLoad } from './$types';

/** What every page says about its data; null when the API cannot be reached, so that the frame still stands. */
export const load: LayoutServerLoad = async ({ url, params, locals }) => {
  const viewing = viewingOf(locals.viewer, organisationOf({ params, url }), url);
  // Named here so that the frame is asked for again when a reader goes to another release.
  const asked = url.searchParams.get('release');
  const all = await catalogue().catch(() => null);
  if (!all) return { data: null, api: AHP_API_PUBLIC, viewing };
  const { release } = all;
  const latest = viewOf(all).periods.at(-1);
  const kinds = [
    ...(release.hasExtracts ? [dataKind(release, 'EXTRACTS')] : []),
    ...(release.hasPublished ? [dataKind(release, 'PUBLISHED')] : []),
  ];
  return {
    api: AHP_API_PUBLIC,
    viewing,
    data: {
      version: release.version,
      older: Boolean(asked) && !release.current,
      synthetic: release.hasExtracts && release.synthetic,
      kinds,
      dataTo: latest ? monthOf(latest.end) : null,
      licence: release.licence,
    },
  };
};

function monthOf(end: string): string {
  return new Date(`${end}T00:00:00Z`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}
