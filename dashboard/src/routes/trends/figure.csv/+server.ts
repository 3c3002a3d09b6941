import { catalogue } from '#lib/server/catalogue.ts';
import { csvResponse } from '#lib/server/csv-response.ts';
import { readState } from '#lib/state/url-state.ts';
import { trends } from '../figures.ts';
import { trendKeys } from '../keys.ts';
import { releaseKey } from '#lib/server/release.ts';
import { viewOf } from '#lib/server/view.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
  const all = viewOf(await catalogue(), url.searchParams.get('source') ?? undefined);
  const keys = { ...trendKeys(all), ...releaseKey() };
  return csvResponse((await trends(all, keys, readState(url.searchParams, keys))).figures, url);
};
