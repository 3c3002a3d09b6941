import type { AreaRecord, Catalogue } from '../release/catalogue.ts';

interface Search {
  search?: string | null;
  nation?: readonly string[] | null;
  region?: readonly string[] | null;
  system?: readonly string[] | null;
}

/** Organisations that lie in the places asked for and whose name or code has every word of `search`, in order of name. */
export function findOrganisations(catalogue: Catalogue, { search, nation, region, system }: Search): AreaRecord[] {
  const words = (search ?? '').slice(0, 200).toLowerCase().split(/\s+/).filter(Boolean);
  return catalogue
    .areasAt('organisation')
    .filter(
      (area) =>
        (!nation?.length || nation.includes(area.nation ?? '')) &&
        (!region?.length || region.includes(area.region ?? '')) &&
        (!system?.length || system.includes(area.system ?? '')) &&
        words.every((word) => `${area.label} ${area.code}`.toLowerCase().includes(word)),
    )
    .sort((a, b) => a.label.localeCompare(b.label, 'en-GB') || (a.code < b.code ? -1 : 1));
}
