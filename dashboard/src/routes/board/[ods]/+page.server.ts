import { catalogue } from '#lib/server/catalogue.ts';
import { boardContent, todaysOrganisation } from './content.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
  const [all, found] = await Promise.all([catalogue(), todaysOrganisation(params.ods, url)]);
  return { organisation: found, ...(await boardContent(all, found)) };
};
