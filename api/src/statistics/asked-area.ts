import type { Asker } from '../identity/auth.ts';
import type { AreaRecord, Catalogue } from '../release/catalogue.ts';
import { geographies } from '../release/dimension.ts';
import { together } from '../query/places.ts';
import { todaysOrganisation } from '../query/succession.ts';
import type { Given } from './cells-plan.ts';

/** The place that a question is about: the finest geography that it filters by, several areas as one; the United Kingdom without any. */
export function askedArea(
  { where, organisationView }: Pick<Given, 'where' | 'organisationView'>,
  catalogue: Catalogue,
  asker: Asker,
): AreaRecord {
  if (asker.audience === 'own')
    return catalogue.area('organisation', asker.organisation!) ?? catalogue.area('uk', 'uk')!;
  const finest = geographies.findLast((geography) => where?.[geography]?.length);
  const areas = (finest ? where![finest]! : []).flatMap((code) => catalogue.area(finest!, code) ?? []);
  const seen = organisationView === 'today' ? areas.map((area) => todaysOrganisation(area, catalogue)) : areas;
  return seen.length > 0 ? together([...new Set(seen)]) : catalogue.area('uk', 'uk')!;
}
