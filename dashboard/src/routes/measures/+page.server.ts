import { catalogue } from '#lib/server/catalogue.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const all = await catalogue();
  const byId = new Map(all.measures.map(({ id, title, plain }) => [id, { id, title, plain }]));
  return {
    asks: all.asks
      .map((ask) => ({ id: ask.id, label: ask.label, measures: ask.measures.flatMap(({ id }) => byId.get(id) ?? []) }))
      .filter((ask) => ask.measures.length > 0),
    count: all.measures.length,
  };
};
