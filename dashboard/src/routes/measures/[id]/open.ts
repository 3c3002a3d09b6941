import { error } from '@sveltejs/kit';
import { unitWords } from '#lib/figure/format.ts';
import { breaksOf } from '#lib/server/breaks.ts';
import { catalogue, findMeasure } from '#lib/server/catalogue.ts';
import { unitOf } from '#lib/server/provenance.ts';
import { viewOf } from '#lib/server/view.ts';
import { measureFigures } from './figures.ts';

/** A measure with everything that is to be known of it, and its figures; 404 where there is no such measure. */
export async function open(id: string) {
  const all = await catalogue();
  const measure = findMeasure(all, id);
  if (!measure) error(404, `No measure is called “${id}”.`);
  const nations = all.nations
    .filter((nation) => (measure.comparable as string[]).includes(nation.code.toUpperCase()))
    .map((nation) => nation.label);
  const dimensions = measure.dimensions.flatMap((id) => all.dimensions.find((one) => one.id === id)?.label ?? []);
  const ask = all.asks.find((one) => one.measures.some((each) => each.id === measure.id))?.label ?? measure.ask;
  return {
    measure,
    breaks: breaksOf(all, measure),
    unit: unitWords[unitOf(measure)],
    nations,
    dimensions,
    ask,
    audience: all.audience,
    ...(await measureFigures(viewOf(all), measure)),
  };
}
