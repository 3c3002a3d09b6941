import type { Asker } from '../auth.ts';
import type { AreaRecord, Catalogue } from '../catalogue.ts';
import { geographies } from '../query/dimension.ts';
import { together } from '../query/places.ts';
import type { Where } from '../query/question.ts';

/** The place that a question is about: the finest geography that it filters by, several areas as one; the United Kingdom without any. */
export function askedArea(where: Where | null | undefined, catalogue: Catalogue, asker: Asker): AreaRecord {
  if (asker.audience === 'own')
    return catalogue.area('organisation', asker.organisation!) ?? catalogue.area('uk', 'uk')!;
  const finest = geographies.findLast((geography) => where?.[geography]?.length);
  const areas = (finest ? where![finest]! : []).flatMap((code) => catalogue.area(finest!, code) ?? []);
  return areas.length > 0 ? together(areas) : catalogue.area('uk', 'uk')!;
}
