import { calendarMonth } from './calendar.ts';
import { ethnicGroupOfLetter, occupationOf } from './code-lists.ts';
import { finishApprenticeship, perhapsStartApprenticeship } from './apprenticeships.ts';
import { monthEndDay } from './calendar.ts';
import { goesUp, progressionFactor } from './effects.ts';
import { leave, transfer } from './leaving.ts';
import { leavingByAge, leavingByBand, leavingByTenure, leavingSeason } from './margins.ts';
import { ageAt, ageBandOf, bandPlace, BANDS, CONTRACT, FAMILY, hasSecondPost, isActive, PRESENCE, STATUS, touch } from './people.ts'; // prettier-ignore
import { addSecondPost, drawFte, dropSecondPost } from './posts.ts';
import type { Random } from './random.ts';
import { changeProfession, correctCode } from './recoding.ts';
import { currentMonth } from './population.ts';
import type { World } from './world.ts';

const LEAVING = { support: 0.0086, registered: 0.0058 };
const MOVING = { support: 0.0022, registered: 0.0028 };

/** One month of everybody's working life. */
export function liveMonth(world: World): void {
  const { people } = world;
  const random = world.random.careers;
  const season = leavingSeason[calendarMonth(currentMonth(world)) - 1]!;
  const today = monthEndDay(currentMonth(world));
  for (let person = 0; person < people.count; person++) {
    if (people.presence[person] !== PRESENCE.present) continue;
    correctCode(world, person);
    if (!isActive(people.status[person]!)) endAbsence(world, person, random);
    else workMonth(world, person, season, today, random);
  }
}

/** Absence ends on its month: nine in ten return, some to fewer hours. */
function endAbsence(world: World, person: number, random: Random): void {
  const { people } = world;
  if (world.now < people.statusUntil[person]!) return;
  if (!random.chance(0.9)) return leave(world, person, 'resigning', random);
  const maternity = people.status[person] === STATUS.maternity;
  people.status[person] = STATUS.active;
  if (maternity && random.chance(0.35)) changeHours(world, person, Math.min(people.fte[2 * person]!, [600, 640, 800][random.below(3)]!)); // prettier-ignore
  touch(people, person);
}

function workMonth(world: World, person: number, season: number, today: number, random: Random): void {
  const { people } = world;
  if (people.standard[person] && world.now >= people.standardEnds[person]!) finishApprenticeship(world, person, random);
  if (people.contract[2 * person] === CONTRACT.fixed_term && world.now >= people.contractEnds[person]!) {
    if (random.chance(0.4)) return leave(world, person, 'contract', random);
    people.contract[2 * person] = CONTRACT.permanent;
    touch(people, person);
  }
  const age = ageBandOf(ageAt(people, person, currentMonth(world)));
  const hazard = leavingHazard(world, person, age, (today - people.startDay[2 * person]!) / 30.44) * season;
  if (random.chance(hazard)) return leave(world, person, age >= 4 && random.chance(age === 5 ? 0.9 : 0.55) ? 'retiring' : 'resigning', random); // prettier-ignore
  const registered = people.family[person] === FAMILY.registered;
  const moving = (registered ? MOVING.registered : MOVING.support) * world.leaving[people.organisation[2 * person]!]!;
  if (!people.standard[person] && random.chance(moving)) return transfer(world, person, random);
  if (beginAbsence(world, person, age, random)) return;
  develop(world, person, random);
  changeTerms(world, person, random);
}

/** Monthly probability of leaving: place, tenure, band and age, and the effects planted. */
function leavingHazard(world: World, person: number, age: number, tenureMonths: number): number {
  const { people, effects } = world;
  const organisation = people.organisation[2 * person]!;
  const years = tenureMonths / 12;
  const tenure = leavingByTenure[years < 1 ? 0 : years < 2 ? 1 : years < 5 ? 2 : years < 10 ? 3 : 4]!;
  const early = years < 1 && organisation === effects.earlyLeavers.organisation ? effects.earlyLeavers.factor : 1;
  const registered = people.family[person] === FAMILY.registered;
  const band = registered ? 1 : (leavingByBand[BANDS[people.band[2 * person]!]!] ?? 1);
  const apprentice = people.standard[person] ? 0.6 : 1;
  const base = registered ? LEAVING.registered : LEAVING.support;
  return base * world.leaving[organisation]! * tenure * band * leavingByAge[age]! * early * apprentice;
}

/** Maternity leave, a career break or a suspension begins; true when one does. */
function beginAbsence(world: World, person: number, age: number, random: Random): boolean {
  const { people } = world;
  const mother = people.sex[person] === 1 && (age === 1 || age === 2) ? (age === 1 ? 0.0052 : 0.0026) : 0;
  const draw = random.next();
  if (draw >= mother + 0.0005) return false;
  const status = draw < mother ? STATUS.maternity : draw < mother + 0.00035 ? STATUS.career_break : STATUS.suspended;
  const [least, most] = status === STATUS.maternity ? [8, 13] : status === STATUS.career_break ? [6, 24] : [1, 4];
  people.status[person] = status;
  people.statusUntil[person] = world.now + random.between(least!, most!);
  touch(people, person);
  return true;
}

/** Band, stage and apprenticeship. */
function develop(world: World, person: number, random: Random): void {
  const { people } = world;
  if (people.family[person] === FAMILY.support) {
    if (!people.standard[person]) perhapsStartApprenticeship(world, person, random);
    promoteSupport(world, person, random);
    if (people.stage[person]! > 0 && people.stage[person]! < 3 && random.chance(0.0016)) raiseStage(world, person);
  } else if (people.family[person] === FAMILY.registered) promoteRegistered(world, person, random);
}

const SUPPORT_UP: Record<string, number> = { '2': 0.0125, '3': 0.006, '4': 0.0026, '5': 0.0016 };
const REGISTERED_UP: Record<string, number> = { '5': 0.016, '6': 0.0045, '7': 0.0014 };

function promoteSupport(world: World, person: number, random: Random): void {
  const { people, effects, organisations } = world;
  const band = people.band[2 * person]!;
  const rate = SUPPORT_UP[BANDS[band]!];
  if (rate === undefined || people.standard[person] || people.contract[2 * person] === CONTRACT.bank) return;
  const home = organisations[people.organisation[2 * person]!]!;
  const group = ethnicGroupOfLetter[people.ethnicity[person]!]!;
  const atRisk = world.now - people.bandSince[person]! >= 6;
  const up = atRisk && goesUp(effects, home, group, rate * progressionFactor(effects, home, group), random);
  world.observed.progression(home, group, band, up);
  if (!up) {
    if (band > bandPlace('2') && random.chance(0.0003)) setBand(world, person, band - 1);
    return;
  }
  setBand(world, person, band + 1);
  if (band === bandPlace('3') && random.chance(0.75)) people.occupation[2 * person] = occupationOf('S5', people.profession[person]!); // prettier-ignore
  if (people.stage[person]! > 0 && people.stage[person]! < 3 && random.chance(0.6)) raiseStage(world, person);
}

function promoteRegistered(world: World, person: number, random: Random): void {
  const { people } = world;
  const rate = REGISTERED_UP[BANDS[people.band[2 * person]!]!];
  if (rate !== undefined && world.now - people.bandSince[person]! >= 9 && random.chance(rate)) setBand(world, person, people.band[2 * person]! + 1); // prettier-ignore
}

function setBand(world: World, person: number, band: number): void {
  world.people.band[2 * person] = band;
  world.people.bandSince[person] = world.now;
  touch(world.people, person);
}

function raiseStage(world: World, person: number): void {
  world.people.stage[person]!++;
  touch(world.people, person);
}

/** Hours, second posts, acting up, secondment, code. */
function changeTerms(world: World, person: number, random: Random): void {
  const { people } = world;
  const draw = random.next();
  if (draw < 0.0075) changeHours(world, person, drawFte(false, random));
  else if (draw < 0.0093 && !hasSecondPost(people, person)) addSecondPost(world, person, random);
  else if (draw < 0.0098 && people.family[person] === FAMILY.support) changeProfession(world, person, random);
  else if (draw < 0.0106) beginDuty(world, person, random);
  if (hasSecondPost(people, person) && random.chance(0.026)) dropSecondPost(world, person);
  if (people.status[person] !== STATUS.active && world.now >= people.statusUntil[person]!) {
    people.status[person] = STATUS.active;
    touch(people, person);
  }
}

function beginDuty(world: World, person: number, random: Random): void {
  const { people } = world;
  people.status[person] = random.chance(0.55)
    ? STATUS.acting_up
    : random.chance(0.7)
      ? STATUS.internal
      : STATUS.external;
  people.statusUntil[person] = world.now + random.between(3, 9);
  touch(people, person);
}

/** A second post stays smaller than the main one, which therefore keeps more than 0.3 FTE. */
function changeHours(world: World, person: number, fte: number): void {
  const { people } = world;
  if (people.contract[2 * person] === CONTRACT.bank || (hasSecondPost(people, person) && fte <= 300)) return;
  people.fte[2 * person] = fte;
  touch(people, person);
}
