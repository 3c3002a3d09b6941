import { catalogue } from '#lib/server/catalogue.ts';
import { csvResponse } from '#lib/server/csv-response.ts';
import { boardContent, todaysOrganisation } from '../content.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url }) => {
  const [all, found] = await Promise.all([catalogue(), todaysOrganisation(params.ods, url)]);
  return csvResponse((await boardContent(all, found)).figures, url);
};
