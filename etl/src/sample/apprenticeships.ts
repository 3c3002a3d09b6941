import { ethnicGroupOfLetter, occupationOf, registrationStandard, standardPlace, standards } from './code-lists.ts';
import { progressionFactor } from './effects.ts';
import { bandPlace, CONTRACT, FAMILY, touch } from './people.ts';
import { registeredOccupation } from './posts.ts';
import type { Random } from './random.ts';
import { currentMonth } from './population.ts';
import { dayWithin, writeTraining } from './world.ts';
import type { World } from './world.ts';

const monthsByLevel: Record<string, [number, number]> = { '2': [12, 16], '3': [17, 23], '4': [18, 24], '5': [22, 27] };
const REGISTRATION_MONTHS: [number, number] = [33, 40];
const ACHIEVED = 0.68;

const levelOf = (standard: number): string => standards[standard]!['level']!;
const isRegistrationRoute = (standard: number): boolean => standards[standard]?.['route'] === 'registration';
const record = (standard: number, outcome: string) =>
  `apprenticeship,${outcome},${standards[standard]!['code']},${levelOf(standard)},,,`;

/** Starts an apprenticeship that began `elapsed` months ago (more than 0 only in the opening snapshot). */
export function beginApprenticeship(
  world: World,
  person: number,
  standard: number,
  elapsed: number,
  random: Random,
): void {
  const { people } = world;
  const main = 2 * person;
  const [least, most] = isRegistrationRoute(standard) ? REGISTRATION_MONTHS : monthsByLevel[levelOf(standard)]!;
  people.standard[person] = standard;
  people.standardEnds[person] = Math.max(world.now + 1, world.now - elapsed + random.between(least, most));
  if (isRegistrationRoute(standard)) people.occupation[main] = occupationOf('S8', people.profession[person]!);
  touch(people, person);
  if (elapsed < 12)
    writeTraining(world, person, dayWithin(world, random, world.now - elapsed), world.now - elapsed, record(standard, 'started')); // prettier-ignore
  if (world.now > 0) world.observed.apprenticeshipStarts++;
}

/** Perhaps starts an apprenticeship this month: support standards fall over the years and registration ones rise, as in England. */
export function perhapsStartApprenticeship(world: World, person: number, random: Random): void {
  const { people, organisations, effects } = world;
  if (people.contract[2 * person] === CONTRACT.bank) return;
  const years = (currentMonth(world) - 24267) / 12;
  const autumn = currentMonth(world) % 12 === 8 ? 4 : 0.73;
  const band = people.band[2 * person]!;
  const level = band <= bandPlace('2') ? 0 : band === bandPlace('3') ? 1 : 2;
  const support = [0.0062, 0.004, 0.0012][level]! * Math.pow(0.8, years);
  const home = organisations[people.organisation[2 * person]!]!;
  const keen = home.nation === effects.conversion.nation ? 1.5 : 1;
  const route = registrationStandard[people.profession[person]!]!;
  const registration =
    route && level > 0 && band <= bandPlace('5') ? 0.0019 * autumn * keen * Math.pow(1.07, years) : 0;
  const draw = random.next();
  if (draw < registration) beginApprenticeship(world, person, route, 0, random);
  else if (draw < registration + support && band <= bandPlace('4'))
    beginApprenticeship(world, person, standardPlace(['ST0216', 'ST0217', 'ST0215'][level]!), 0, random);
}

/** Ends an apprenticeship that has run its time: achieved, with what follows, or withdrawn. */
export function finishApprenticeship(world: World, person: number, random: Random): void {
  const { people, effects, organisations } = world;
  const standard = people.standard[person]!;
  const { nation } = organisations[people.organisation[2 * person]!]!;
  const registration = isRegistrationRoute(standard);
  const rate = !registration ? ACHIEVED : nation === effects.conversion.nation ? effects.conversion.rate : effects.conversion.elsewhere; // prettier-ignore
  const achieved = random.chance(rate);
  if (registration) world.observed.registrationEnded(nation, achieved);
  endApprenticeship(world, person, achieved ? 'achieved' : 'withdrawn', random);
  if (!achieved) return;
  if (registration) register(world, person, random);
  else progress(world, person, levelOf(standard), random);
}

/** Records the end of an apprenticeship; a trainee's occupation code goes back to a helper's. */
export function endApprenticeship(world: World, person: number, outcome: string, random: Random): void {
  const { people } = world;
  const standard = people.standard[person]!;
  writeTraining(world, person, dayWithin(world, random), world.now, record(standard, outcome));
  people.standard[person] = 0;
  if (isRegistrationRoute(standard))
    people.occupation[2 * person] = occupationOf(people.band[2 * person]! >= bandPlace('4') ? 'S5' : 'S9', people.profession[person]!); // prettier-ignore
  touch(people, person);
}

/** The yearly census row of someone in learning. */
export function recordInLearning(world: World, person: number, day: number): void {
  writeTraining(world, person, day, world.now, record(world.people.standard[person]!, 'in_learning'));
}

function register(world: World, person: number, random: Random): void {
  const { people } = world;
  const organisation = people.organisation[2 * person]!;
  const size = world.organisations.length;
  world.stock[people.family[person]! * size + organisation]!--;
  world.stock[FAMILY.registered * size + organisation]!++;
  people.family[person] = FAMILY.registered;
  people.band[2 * person] = bandPlace('5');
  people.bandSince[person] = world.now;
  people.occupation[2 * person] = registeredOccupation(people.profession[person]!, bandPlace('5'), random);
  people.stage[person] = 0;
  touch(people, person);
}

/** A support standard lifts the stage, and often the band. */
function progress(world: World, person: number, level: string, random: Random): void {
  const { people } = world;
  const stage = level === '5' ? 3 : level === '3' ? 2 : 1;
  people.stage[person] = Math.max(people.stage[person]!, stage);
  const band = level === '5' ? bandPlace('4') : bandPlace('3');
  const home = world.organisations[people.organisation[2 * person]!]!;
  const gap = progressionFactor(world.effects, home, ethnicGroupOfLetter[people.ethnicity[person]!]!);
  if (people.band[2 * person]! < band && random.chance((level === '2' ? 0.2 : 0.45) * gap)) {
    world.observed.promoted(home, ethnicGroupOfLetter[people.ethnicity[person]!]!);
    people.band[2 * person] = band;
    people.bandSince[person] = world.now;
    if (level === '5') people.occupation[2 * person] = occupationOf('S5', people.profession[person]!);
  }
  touch(people, person);
}
