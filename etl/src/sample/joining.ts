import { monthEndDay } from './calendar.ts';
import { registrationStandard, standardPlace } from './code-lists.ts';
import { drawDisability, drawEthnicity, drawJoiningAge, drawSex } from './equality.ts';
import { ageAt, bandPlace, CONTRACT, FAMILY, PRESENCE, STATUS, touch } from './people.ts';
import { addSecondPost, drawBand, drawFte, drawOccupation } from './posts.ts';
import { cumulative } from './random.ts';
import type { Random } from './random.ts';
import { beginApprenticeship } from './apprenticeships.ts';
import { currentMonth } from './population.ts';
import { dayWithin } from './world.ts';
import type { World } from './world.ts';

const tenureTotals = cumulative([13.5, 11.5, 26, 21, 28]);
const tenureFrom = [0, 12, 24, 60, 120];
const tenureUntil = [12, 24, 60, 120, 330];

/** Fills the opening snapshot: people with the tenure, age and apprenticeships of a workforce that has been there for long. */
export function openStock(world: World, family: number, count: number): void {
  const places = placementWeights(world, family);
  const random = world.random.joining;
  for (let made = 0; made < count; made++) {
    const person = createPerson(world, family, random.pick(places), false);
    if (family === FAMILY.support && random.chance(0.068)) seedApprentice(world, person);
    if (random.chance(0.02)) beginAbsent(world, person, random);
    if (random.chance(0.052)) addSecondPost(world, person, random, monthEndDay(world.opening) - random.below(700));
  }
}

/** Some of the opening stock are on maternity leave or a career break, part of it over. */
function beginAbsent(world: World, person: number, random: Random): void {
  world.people.status[person] =
    world.people.sex[person] === 1 && random.chance(0.85) ? STATUS.maternity : STATUS.career_break;
  world.people.statusUntil[person] = random.between(1, 10);
}

/** Hires `count` people of a family this month, most where posts are empty; some are leavers who return. */
export function hire(world: World, family: number, count: number): void {
  const places = vacancyWeights(world, family);
  const { joining } = world.random;
  for (let made = 0; made < count; made++) {
    createPerson(world, family, joining.pick(places), true);
    if (joining.chance(0.05)) returnLeaver(world, family, joining.pick(places));
  }
}

/** Organisations of ambulance kind take ambulance staff, the others everyone else. */
const fits = (kind: string, family: number) => (kind === 'ambulance') === (family === FAMILY.ambulance);

function placementWeights(world: World, family: number): Float64Array {
  const own = world.organisations.map(({ kind, weight, registered }) =>
    fits(kind, family) ? weight * (family === FAMILY.registered ? registered : 1) : 0,
  );
  const any = own.some((weight) => weight > 0);
  return cumulative(any ? own : world.organisations.map(({ weight }) => weight));
}

/** What an organisation lacks to reach its share of the present stock, grown a little, plus a trickle everywhere. */
function vacancyWeights(world: World, family: number): Float64Array {
  const places = placementWeights(world, family);
  const size = world.organisations.length;
  let total = 0;
  for (let index = 0; index < size; index++) total += world.stock[family * size + index]!;
  const share = (index: number) => (places[index]! - (index ? places[index - 1]! : 0)) / places[size - 1]!;
  return cumulative(
    Array.from({ length: size }, (_, index) => {
      const target = share(index) * total * 1.006;
      return Math.max(0, target - world.stock[family * size + index]!) + 0.0035 * target;
    }),
  );
}

function createPerson(world: World, family: number, organisation: number, joining: boolean): number {
  const { people } = world;
  const random = world.random.joining;
  const home = world.organisations[organisation]!;
  const person = people.count++;
  const profession = random.pick(home.professions);
  const band = drawBand(family, joining, random);
  people.family[person] = family;
  people.profession[person] = profession;
  people.sex[person] = drawSex(profession, random);
  people.ethnicity[person] = drawEthnicity(home, String(bandText(band)), random);
  people.disability[person] = drawDisability(home, random);
  people.appraisalMonth[person] = random.below(12);
  people.stage[person] = stageFor(band, random);
  people.domains[person] = joining ? 0 : random.below(9);
  const tenure = joining ? 0 : drawTenure(random);
  people.birthMonth[person] = currentMonth(world) - drawAge(family, tenure, random);
  people.bandSince[person] = joining ? world.now : -random.below(Math.max(1, Math.min(tenure, 96)));
  place(world, person, family, organisation, band, random);
  people.startDay[2 * person] = joining
    ? dayWithin(world, random)
    : monthEndDay(world.opening - tenure) - random.below(28);
  if (joining) world.observed.joined(world, person);
  return person;
}

const bandText = (band: number): string => ['1', '2', '3', '4', '5', '6', '7'][band] ?? '8a';

function place(world: World, person: number, family: number, organisation: number, band: number, random: Random): void {
  const { people } = world;
  const main = 2 * person;
  people.presence[person] = PRESENCE.present;
  people.organisation[main] = organisation;
  people.employer[main] = random.chance(0.01) ? hostOf(world, organisation, random) : organisation;
  people.band[main] = band;
  people.occupation[main] = drawOccupation(family, people.profession[person]!, band, random);
  people.contract[main] = drawContract(random);
  people.fte[main] = people.contract[main] === CONTRACT.bank ? 0 : drawFte(world.now > 0, random);
  people.contractEnds[person] = people.contract[main] === CONTRACT.fixed_term ? world.now + random.between(6, 24) : 0;
  people.assignment[main] = ++people.assignments[person]!;
  world.stock[family * world.organisations.length + organisation]!++;
  touch(people, person);
}

const hostOf = (world: World, organisation: number, random: Random): number => {
  const home = world.organisations[organisation]!;
  const { organisations, weights } = world.neighbours.get(home.region || home.nation)!;
  return organisations[random.pick(weights)]!;
};

function drawContract(random: Random): number {
  const draw = random.next();
  if (draw < 0.92) return CONTRACT.permanent;
  if (draw < 0.975) return CONTRACT.fixed_term;
  return draw < 0.99 ? CONTRACT.bank : draw < 0.997 ? CONTRACT.locum : CONTRACT.honorary;
}

function drawTenure(random: Random): number {
  const band = random.pick(tenureTotals);
  return random.between(tenureFrom[band]!, tenureUntil[band]! - 1);
}

/** Age now in months: age on joining the organisation plus tenure, of those who have not retired. */
function drawAge(family: number, tenure: number, random: Random): number {
  const joined = drawJoiningAge(family === FAMILY.registered, random) + (tenure >= 24 ? random.below(48) : 0);
  const age = joined + tenure;
  return age < 61 * 12 ? age : random.between(46 * 12, 66 * 12);
}

/** The framework's stage: linked to the band, not the same as it. */
function stageFor(band: number, random: Random): number {
  const draw = random.next();
  if (band <= bandPlace('2')) return draw < 0.93 ? 1 : 2;
  if (band === bandPlace('3')) return draw < 0.3 ? 1 : draw < 0.95 ? 2 : 3;
  return band === bandPlace('4') ? (draw < 0.24 ? 2 : 3) : 3;
}

/** Gives someone of the opening stock an apprenticeship that is part done. */
function seedApprentice(world: World, person: number): void {
  const random = world.random.joining;
  const route = registrationStandard[world.people.profession[person]!]!;
  const standard = route && random.chance(0.42) ? route : standardPlace(random.chance(0.4) ? 'ST0216' : random.chance(0.6) ? 'ST0217' : 'ST0215'); // prettier-ignore
  const tenure = Math.floor((monthEndDay(world.opening) - world.people.startDay[2 * person]!) / 31) - 1;
  const elapsed = Math.max(0, Math.min(tenure, random.below(standard === route ? 36 : 15)));
  beginApprenticeship(world, person, standard, elapsed, random);
}

function returnLeaver(world: World, family: number, organisation: number): void {
  const { people } = world;
  const random = world.random.joining;
  const person = random.below(people.count);
  if (people.presence[person] !== PRESENCE.gone || people.family[person] !== family) return;
  if (ageAt(people, person, currentMonth(world)) > 62) return;
  people.status[person] = 0;
  people.standard[person] = 0;
  people.bandSince[person] = world.now;
  place(world, person, family, organisation, people.band[2 * person]!, random);
  people.startDay[2 * person] = dayWithin(world, random);
  world.observed.joined(world, person);
}
