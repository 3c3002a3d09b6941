import { error } from '@sveltejs/kit';
import { catalogue, findMeasure } from '#lib/server/catalogue.ts';
import { unitWords } from '#lib/figure/format.ts';
import { unitOf } from '#lib/server/provenance.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const all = await catalogue();
  const measure = findMeasure(all, params.id);
  if (!measure) error(404, `No measure is called “${params.id}”.`);
  const nations = all.nations
    .filter((nation) => (measure.comparable as string[]).includes(nation.code.toUpperCase()))
    .map((nation) => nation.label);
  const ask = all.asks.find((one) => one.measures.some(({ id }) => id === measure.id))?.label ?? measure.ask;
  return { measure, unit: unitWords[unitOf(measure)], nations, ask, audience: all.audience };
};
