import { occupation, occupationOf, professions } from './code-lists.ts';
import { FAMILY, NONE, PRESENCE, touch } from './people.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

const generic = ['H1R', 'H2R', 'S9X'].map(occupation);

/** Records another occupation code for the same job, until snapshot `until` (0 = for good). */
export function recode(world: World, person: number, code: number, until: number): void {
  const { people } = world;
  if (people.trueOccupation[person] !== NONE) return;
  people.trueOccupation[person] = until ? people.occupation[2 * person]! : NONE;
  people.recodedUntil[person] = until;
  people.occupation[2 * person] = code;
  touch(people, person);
}

/** Puts the occupation code back when a miscoding is corrected. */
export function correctCode(world: World, person: number): void {
  const { people } = world;
  if (people.trueOccupation[person] === NONE || world.now < people.recodedUntil[person]!) return;
  people.occupation[2 * person] = people.trueOccupation[person]!;
  people.trueOccupation[person] = NONE;
  touch(people, person);
}

/** A clean-up or a mistake at an organisation: some of one profession get another code, half of them for a while. */
export function recodeSomewhere(world: World, random: Random): void {
  const { people, organisations } = world;
  const hit = organisations.map((_, index) => (random.chance(0.02) ? index : -1)).filter((index) => index >= 0);
  if (hit.length === 0) return;
  const target = new Map(hit.map((index) => [index, { profession: random.below(professions.length - 1), share: 0.15 + 0.3 * random.next(), code: random.pick([0.5, 0.75, 1]) }])); // prettier-ignore
  for (let person = 0; person < people.count; person++) {
    const plan = target.get(people.organisation[2 * person]!);
    if (!plan || people.presence[person] !== PRESENCE.present || people.family[person] !== FAMILY.support) continue;
    if (people.standard[person] || people.profession[person] !== plan.profession || !random.chance(plan.share))
      continue;
    recode(world, person, generic[plan.code]!, random.chance(0.5) ? world.now + random.between(3, 12) : 0);
  }
}

/** Moves a person's code to another profession, for good: a change of service line, or of mind. */
export function changeProfession(world: World, person: number, random: Random): void {
  const { people, organisations } = world;
  const profession = random.pick(organisations[people.organisation[2 * person]!]!.professions);
  if (profession === people.profession[person] || people.standard[person]) return;
  people.profession[person] = profession;
  recode(world, person, occupationOf('S9', profession), 0);
}

/** The planted wave: occupational therapy support staff of one employer carry a generic code for a quarter. */
export function plantMiscoding(world: World, random: Random): void {
  const wave = world.effects.miscoding;
  if (!wave || world.now !== wave.from) return;
  const { people } = world;
  const therapy = professions.indexOf('occupational_therapy');
  for (let person = 0; person < people.count; person++) {
    if (people.presence[person] !== PRESENCE.present || people.family[person] !== FAMILY.support) continue;
    if (people.organisation[2 * person] !== wave.organisation || people.profession[person] !== therapy) continue;
    if (people.standard[person] || !random.chance(wave.share)) continue;
    recode(world, person, occupation('H1R'), wave.until);
    world.observed.miscoded++;
  }
}
