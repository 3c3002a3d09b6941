import type { Catalogue } from './catalogue.ts';
import type { Where } from './question.ts';

export type Source = 'EXTRACTS' | 'PUBLISHED';
export type Grain = Catalogue['periods'][number]['grain'];

/** The catalogue as one source sees it: its periods, its tables, and who its figures are about. */
export interface View extends Catalogue {
  source: Source;
  population: { label: string; where: Where; caveat: string | null };
}

/** AHP support staff are not told apart in official figures: this is the staff group that holds them. */
const nearestGroup = 'support_to_st_and_t_staff';

function publishedPopulation(all: Catalogue): View['population'] {
  const groups = all.dimensions.find((dimension) => dimension.id === 'STAFF_GROUP')?.categories ?? [];
  const group = groups.find((category) => category.code === nearestGroup);
  if (!group) return { label: 'England', where: { nation: ['ENGLAND'] }, caveat: null };
  return {
    label: `England, ${group.label.charAt(0).toLowerCase()}${group.label.slice(1)}`,
    where: { nation: ['ENGLAND'], staffGroup: [group.code] },
    caveat: `Official figures do not show AHP support staff by themselves. They are part of “${group.label}” (support to scientific, therapeutic and technical staff), together with support in pharmacy, healthcare science and other fields.`,
  };
}

/** The catalogue for a source; the release's own figures where it has them and none is named. */
export function viewOf(all: Catalogue, wanted?: string): View {
  const source: Source = all.release.hasExtracts && wanted?.toUpperCase() !== 'PUBLISHED' ? 'EXTRACTS' : 'PUBLISHED';
  if (source === 'EXTRACTS')
    return { ...all, source, population: { label: 'United Kingdom', where: {}, caveat: null } };
  return {
    ...all,
    source,
    policy: all.publishedPolicy,
    periods: all.publishedPeriods,
    population: publishedPopulation(all),
  };
}

export const perYear: Record<Grain, number> = { MONTH: 12, QUARTER: 4, YEAR: 1 };

/** Grains at which the source has tables and periods, quarters first. */
export function grainsOf(view: View): Grain[] {
  return (['QUARTER', 'YEAR', 'MONTH'] as const).filter(
    (grain) => view.policy.some((one) => one.grain === grain) && view.periods.some((period) => period.grain === grain),
  );
}

/** The grain that a first look uses. */
export function firstGrain(view: View): Grain {
  return grainsOf(view)[0] ?? 'QUARTER';
}

/** Dimensions that the source has tables of, alone, at a level and grain. */
export function dimensionsAt(view: View, level: View['policy'][number]['level'], grain: Grain): View['dimensions'] {
  const alone = new Set(
    view.policy
      .filter((one) => one.level === level && one.grain === grain && one.dimensions.length === 1)
      .map((one) => one.dimensions[0]),
  );
  return view.dimensions.filter((dimension) => alone.has(dimension.id));
}
