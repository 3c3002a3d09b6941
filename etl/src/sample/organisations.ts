import { professions, systems } from './code-lists.ts';
import { leaverRate, leaverRateEngland, nationShare, NATIONS, professionMix, systemWeight } from './margins.ts';
import { syntheticCode, syntheticLabel } from './organisation-names.ts';
import { cumulative } from './random.ts';
import type { Random } from './random.ts';

/** An employer of the sample. Its code and name are invented; its system, region and nation are real. */
export interface Organisation {
  code: string;
  label: string;
  nation: string;
  region: string;
  system: string;
  kind: string;
  /** Share of the support stock of all organisations. */
  weight: number;
  /** Running totals over the professions. */
  professions: Float64Array;
  /** Relative hazard of leaving, of its place and its own. */
  leaving: number;
  /** Registered staff for each support worker, relative to the mean. */
  registered: number;
  reportsStage: boolean;
  reportsEstablishment: boolean;
  plans: boolean;
  appraisalRate: number;
  cpdRate: number;
  vacancyRate: number;
  practiceEducators: number;
}

const ENGLISH_KINDS = ['acute', 'mental_health', 'community', 'specialist', 'ambulance'];
const ENGLISH_KIND_WEIGHTS = cumulative([45, 20, 22, 9, 4]);
const KIND_SIZE: Record<string, number> = {
  acute: 1.3,
  mental_health: 0.75,
  community: 1,
  specialist: 0.35,
  ambulance: 0.4,
};

/** Key of an organisation's place in the tables of rates: region in England, nation elsewhere. */
export const placeOf = (organisation: Organisation): string => organisation.region || organisation.nation;

/**
 * Organisations for a sample of `people`: about one for every 110, from 12 to 260, in every nation; in every system once
 * there are enough. Sizes follow the population of the system and a heavy-tailed share within it.
 */
export function createOrganisations(people: number, random: Random): Organisation[] {
  const wanted = Math.max(12, Math.min(260, Math.ceil(people / 109)));
  const places = NATIONS.flatMap((nation) => placesOfNation(nation, wanted));
  const made = places.map((place, index) => createOrganisation(place, index, places, random));
  shareOut(made);
  return made;
}

interface Place {
  nation: string;
  region: string;
  system: string;
  number: number;
}

/** Where a nation's organisations are: boards have one each; England's systems share the rest by population. */
function placesOfNation(nation: string, wanted: number): Place[] {
  const own = systems.filter((system) => system.nation === nation);
  const boards = systems.filter((system) => system.nation !== 'england').length;
  const outside = Math.min(boards, Math.max(3, Math.round(wanted / 4)));
  const quota =
    nation === 'england' ? wanted - outside : Math.max(1, Math.round((outside * own.length) / boards - 0.01));
  const total = own.reduce((sum, system) => sum + systemWeight[system.code]!, 0);
  return own
    .map((system) => ({ ...system, claim: (quota * systemWeight[system.code]!) / total }))
    .sort((a, b) => b.claim - a.claim || (a.code < b.code ? -1 : 1))
    .flatMap((system) =>
      Array.from({ length: Math.max(1, Math.round(system.claim)) }, () => ({
        nation,
        region: system.region,
        system: system.code,
        number: 0,
      })),
    )
    .slice(0, quota)
    .map((place, number) => ({ ...place, number }));
}

function createOrganisation(place: Place, index: number, places: Place[], random: Random): Organisation {
  const kind = kindOf(place, random);
  const sharing = places.filter((other) => other.system === place.system).length;
  const tail = Math.exp(0.75 * random.normal());
  return {
    code: syntheticCode(place.nation, place.number),
    label: syntheticLabel(place.nation, index),
    nation: place.nation,
    region: place.region,
    system: place.system,
    kind,
    weight: ((systemWeight[place.system]! / sharing) * (KIND_SIZE[kind] ?? 1) * (sharing > 1 ? tail : 1)) as number,
    professions: mixOf(kind, random),
    leaving: ((leaverRate[place.region || place.nation]! / leaverRateEngland) *
      Math.exp(0.16 * random.normal())) as number,
    registered: Math.exp(0.2 * random.normal()),
    reportsStage: random.chance(0.7),
    reportsEstablishment: random.chance(0.65),
    plans: random.chance(0.75),
    appraisalRate: Math.min(0.96, Math.max(0.5, 0.8 + 0.09 * random.normal())),
    cpdRate: Math.min(0.12, Math.max(0.04, 0.077 + 0.014 * random.normal())),
    vacancyRate: 0.045 + 0.03 * random.normal(),
    practiceEducators: random.chance(0.8) ? 0.01 + 0.05 * random.next() : 0,
  };
}

function kindOf(place: Place, random: Random): string {
  if (place.nation === 'england') return ENGLISH_KINDS[random.pick(ENGLISH_KIND_WEIGHTS)]!;
  return place.nation === 'northern_ireland' ? 'hsc_trust' : 'health_board';
}

/** Small professions are in few organisations, but then in numbers. */
function mixOf(kind: string, random: Random): Float64Array {
  return cumulative(
    professions.map((_, profession) => {
      const usual = professionMix[kind]![profession]!;
      const spread = Math.exp(0.35 * random.normal());
      if (usual === 0 || usual >= 1.5) return usual * spread;
      return random.chance(0.35) ? (usual / 0.35) * spread : 0;
    }),
  );
}

/** Scales the weights so that each nation holds its share, and each English region its part of England by population. */
function shareOut(made: Organisation[]): void {
  const population = (nation: string, region: string) =>
    systems
      .filter((system) => system.nation === nation && system.region === region)
      .reduce((sum, system) => sum + systemWeight[system.code]!, 0);
  for (const nation of NATIONS) {
    const own = made.filter((organisation) => organisation.nation === nation);
    const regions = [...new Set(own.map(({ region }) => region))];
    const total = regions.reduce((sum, region) => sum + population(nation, region), 0);
    for (const region of regions) {
      const members = own.filter((organisation) => organisation.region === region);
      const weight = members.reduce((sum, organisation) => sum + organisation.weight, 0);
      const share = (nationShare[nation]! * population(nation, region)) / total;
      for (const organisation of members) organisation.weight *= share / weight;
    }
  }
}
