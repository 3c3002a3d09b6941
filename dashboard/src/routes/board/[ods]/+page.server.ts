import { catalogue } from '#lib/server/catalogue.ts';
import { organisation } from '../../organisations/[ods]/profile.ts';
import { boardContent } from './content.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const [all, found] = await Promise.all([catalogue(), organisation(params.ods)]);
  return { organisation: found, ...(await boardContent(all, found)) };
};
