import { csvResponse } from '#lib/server/csv-response.ts';
import { open } from '../open.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url }) => csvResponse((await open(params.id)).figures, url);
