import { occupation, occupationOf, professions } from './code-lists.ts';
import { bandMix, fteMix, joiningBandMix, joiningRegisteredBandMix, registeredBandMix } from './margins.ts';
import { bandPlace, BANDS, CONTRACT, FAMILY, hasSecondPost, NONE, touch } from './people.ts';
import { cumulative } from './random.ts';
import type { Random } from './random.ts';
import { dayWithin } from './world.ts';
import type { World } from './world.ts';

type Mix = readonly (readonly [string | number, number])[];
const totals = (mix: Mix) => cumulative(mix.map(([, weight]) => weight));

const bandMixes = {
  support: { opening: bandMix, joining: joiningBandMix },
  registered: { opening: registeredBandMix, joining: joiningRegisteredBandMix },
};
const bandTotals = {
  support: { opening: totals(bandMix), joining: totals(joiningBandMix) },
  registered: { opening: totals(registeredBandMix), joining: totals(joiningRegisteredBandMix) },
};
const fteTotals = totals(fteMix);
const FULL_TIME = 1000;

/** Place of a band for a new person of a family. */
export function drawBand(family: number, joining: boolean, random: Random): number {
  if (family === FAMILY.technician || family === FAMILY.other) return bandPlace(random.chance(0.45) ? '3' : family === FAMILY.other ? '2' : '4'); // prettier-ignore
  const group = family === FAMILY.registered ? 'registered' : 'support';
  const when = joining ? 'joining' : 'opening';
  return bandPlace(bandMixes[group][when][random.pick(bandTotals[group][when])]![0]);
}

/** Contracted FTE in thousandths; joiners are full time more often. */
export const drawFte = (joining: boolean, random: Random): number =>
  joining && random.chance(0.22) ? FULL_TIME : fteMix[random.pick(fteTotals)]![0];

const ambulanceCodes = ['AEA', 'AEB', 'A7A', 'A7B', 'A8A', 'A8B', 'A9C'].map(occupation);
const instructorLetters = new Set([
  'occupational_therapy',
  'physiotherapy',
  'arts_therapies',
  'speech_language_therapy',
]);

/** Occupation code of a post: assistant practitioners (S5) mostly from band 4 up, helpers (S9) below. */
export function drawOccupation(family: number, profession: number, band: number, random: Random): number {
  if (family === FAMILY.ambulance) return ambulanceCodes[random.below(ambulanceCodes.length)]!;
  if (family === FAMILY.other) return occupation(random.chance(0.7) ? 'H1R' : random.chance(0.5) ? 'H2R' : 'S9X');
  if (family === FAMILY.technician) {
    const level = instructorLetters.has(professions[profession]!) && random.chance(0.6) ? 'S6' : 'S4';
    return occupationOf(level, profession, 'S4C');
  }
  if (family === FAMILY.registered) return registeredOccupation(profession, band, random);
  const grade = BANDS[band]!;
  const practitioner = grade === '2' || grade === '1' ? 0 : grade === '3' ? 0.08 : grade === '4' ? 0.78 : 0.7;
  return occupationOf(random.chance(practitioner) ? 'S5' : 'S9', profession);
}

/** Therapists, with managers and consultants among the highest bands. */
export function registeredOccupation(profession: number, band: number, random: Random): number {
  const senior = band >= bandPlace('8a') && band <= bandPlace('9');
  if (senior && random.chance(0.35)) return occupationOf('S0', profession, 'S1C');
  return occupationOf('S1', profession, 'S1C');
}

const secondFte = [100, 150, 200, 200, 250, 300];

/** Begins a second post: a bank one, or a small one, three in ten elsewhere in the nation. */
export function addSecondPost(world: World, person: number, random: Random, startDay = dayWithin(world, random)): void {
  const { people } = world;
  const main = 2 * person;
  const fte = secondFte[random.below(secondFte.length)]!;
  const lasting = people.contract[main] !== CONTRACT.bank && people.contract[main] !== CONTRACT.honorary;
  if (!lasting || people.fte[main]! <= fte) return;
  const bank = random.chance(0.5);
  const home = people.organisation[main]!;
  const elsewhere = random.chance(0.3) ? neighbour(world, home, 'nation', random) : home;
  people.organisation[main + 1] = elsewhere;
  people.employer[main + 1] = elsewhere;
  people.occupation[main + 1] = people.occupation[main]!;
  people.band[main + 1] = people.band[main]!;
  people.fte[main + 1] = bank ? 0 : fte;
  people.contract[main + 1] = bank ? CONTRACT.bank : CONTRACT.permanent;
  people.startDay[main + 1] = startDay;
  people.assignment[main + 1] = ++people.assignments[person]!;
  touch(people, person);
}

/** Ends the second post. */
export function dropSecondPost(world: World, person: number): void {
  if (!hasSecondPost(world.people, person)) return;
  world.people.organisation[2 * person + 1] = NONE;
  touch(world.people, person);
}

/** Another organisation of the same region or nation (or anywhere), by size; the same one where there is no other. */
export function neighbour(
  world: World,
  organisation: number,
  scope: 'region' | 'nation' | 'uk',
  random: Random,
): number {
  const home = world.organisations[organisation]!;
  const key = scope === 'uk' ? 'uk' : scope === 'region' && home.region ? home.region : home.nation;
  const { organisations, weights } = world.neighbours.get(key)!;
  for (let attempt = 0; attempt < 4; attempt++) {
    const found = organisations[random.pick(weights)]!;
    if (found !== organisation) return found;
  }
  return organisation;
}
