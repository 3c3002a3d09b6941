import { catalogue } from '#lib/server/catalogue.ts';
import { boardContent, todaysOrganisation } from '../content.ts';
import type { PageServerLoad } from './$types';

/** The board page with a cover and notes; `made` is the day on which it is asked for. */
export const load: PageServerLoad = async ({ params, url }) => {
  const [all, found] = await Promise.all([catalogue(), todaysOrganisation(params.ods, url)]);
  const { version, citation, licence } = all.release;
  return {
    organisation: found,
    made: new Date().toISOString().slice(0, 10),
    release: { version, citation, licence },
    protection: all.audience.statement,
    ...(await boardContent(all, found)),
  };
};
