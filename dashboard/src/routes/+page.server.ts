import { catalogue } from '#lib/server/catalogue.ts';
import { changes } from '#lib/server/quality.ts';
import { tiles } from './home.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const all = await catalogue();
  const [headline, changed] = await Promise.all([tiles(all), changes()]);
  const { title, version, publishedAt } = all.release;
  return {
    ...headline,
    changed: changed.slice(0, 6),
    more: Math.max(0, changed.length - 6),
    release: { title, version, publishedAt },
  };
};
