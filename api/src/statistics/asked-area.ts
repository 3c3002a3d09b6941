import type { Asker } from '../identity/asker.ts';
import type { AreaRecord, Catalogue } from '../release/catalogue.ts';
import { geographies } from '../release/dimension.ts';
import { together } from '../query/places.ts';
import { todaysOrganisation } from '../query/succession.ts';
import type { Given } from './cells-plan.ts';

/**
 * The place that a question is about: the finest geography that it filters by, several areas as one; the United Kingdom without any. For own
 * figures it is the employers’ own, or those of them that it names.
 */
export function askedArea(
  { where, organisationView }: Pick<Given, 'where' | 'organisationView'>,
  catalogue: Catalogue,
  asker: Asker,
): AreaRecord {
  const own = asker.audience === 'own';
  const finest = own ? 'organisation' : geographies.findLast((geography) => where?.[geography]?.length);
  const codes = (finest && where?.[finest]) || (own ? asker.organisations : []);
  const inside = (area: AreaRecord) =>
    !own || geographies.every((geography) => where?.[geography]?.includes(area.within(geography)?.code ?? '') ?? true);
  const areas = codes.flatMap((code) => catalogue.area(finest!, code) ?? []).filter(inside);
  const seen = organisationView === 'today' ? areas.map((area) => todaysOrganisation(area, catalogue)) : areas;
  return seen.length > 0 ? together([...new Set(seen)]) : catalogue.area('uk', 'uk')!;
}
