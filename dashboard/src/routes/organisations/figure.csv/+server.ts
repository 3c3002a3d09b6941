import { csvResponse } from '#lib/server/csv-response.ts';
import { loadListing } from '../load-listing.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => csvResponse([(await loadListing(url)).figure], url);
