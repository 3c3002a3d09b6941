import { catalogue } from '#lib/server/catalogue.ts';
import { csvResponse } from '#lib/server/csv-response.ts';
import { readState } from '#lib/state/url-state.ts';
import { profileKeys } from '../keys.ts';
import { releaseKey } from '#lib/server/release.ts';
import { viewOf } from '#lib/server/view.ts';
import { organisation, profile } from '../profile.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url }) => {
  const [whole, found] = await Promise.all([catalogue(), organisation(params.ods)]);
  const all = viewOf(whole, url.searchParams.get('source') ?? undefined);
  const keys = { ...profileKeys(all, found.predecessors.length > 0), ...releaseKey() };
  const shown = await profile(all, found.code, found.label, keys, readState(url.searchParams, keys));
  return csvResponse([...shown.figures, ...(shown.overview ? [shown.overview] : [])], url);
};
