import type { AreaRecord, Catalogue } from '../release/catalogue.ts';

/**
 * The organisation that an area is today: the one that took it over, where the release has figures of that one, else itself. A release names the
 * last successor of each, so this is one step; one that was split among several has none.
 */
export function todaysOrganisation(area: AreaRecord, catalogue: Catalogue): AreaRecord {
  return (area.successor && catalogue.area('organisation', area.successor)) || area;
}

/** The organisations that went into this one, in order of name. */
export function predecessorsOf(area: AreaRecord, catalogue: Catalogue): AreaRecord[] {
  return catalogue.areasAt('organisation').filter(({ successor }) => successor === area.code);
}
