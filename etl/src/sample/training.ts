import { calendarMonth, isoDay, monthEndDay } from './calendar.ts';
import { recordInLearning } from './apprenticeships.ts';
import { CONTRACT, FAMILY, isActive, PRESENCE } from './people.ts';
import type { Random } from './random.ts';
import { dayWithin, writeTraining } from './world.ts';
import type { World } from './world.ts';

export const TRAINING_HEADER =
  'event_date,person_id,organisation_code,activity,outcome,standard_code,level,hours,domain,valid_to';

const cpdHours = ['1', '1.5', '2', '2', '3', '3', '3.5', '4', '6', '7', '7.5', '15'];

/** A year of events before the opening snapshot, so that twelve-month rates hold from the start. */
export function trainBeforeOpening(world: World): void {
  for (let back = 11; back >= 0; back--) trainMonth(world, -back);
}

/** Training of one month for support staff: events fall between the snapshot before `snapshot` and `snapshot`. */
export function trainMonth(world: World, snapshot: number): void {
  const { people } = world;
  const random = world.random.training;
  const month = calendarMonth(world.opening + snapshot) - 1;
  const end = monthEndDay(world.opening + snapshot);
  for (let person = 0; person < people.count; person++) {
    if (people.presence[person] !== PRESENCE.present || people.family[person] !== FAMILY.support) continue;
    if (!isActive(people.status[person]!) || people.contract[2 * person] === CONTRACT.bank) continue;
    if (people.startDay[2 * person]! > end - 31) continue;
    trainPerson(world, person, snapshot, month, random);
    if (month === 2 && snapshot >= 0 && people.standard[person]) recordInLearning(world, person, end);
  }
}

function trainPerson(world: World, person: number, snapshot: number, month: number, random: Random): void {
  const { people, organisations } = world;
  const home = organisations[people.organisation[2 * person]!]!;
  const write = (rest: string) => writeTraining(world, person, dayWithin(world, random, snapshot), snapshot, rest);
  const since = (month - people.appraisalMonth[person]! + 12) % 12;
  if (since === 0 && random.chance(home.appraisalRate)) {
    write('appraisal,completed,,,,,');
    if (random.chance(0.84)) write('pdp,completed,,,,,');
    if (random.chance(0.5)) write('career_conversation,completed,,,,,');
  } else if (since === 6 && random.chance(0.11)) write('career_conversation,completed,,,,,');
  if (since === 3 && random.chance(0.92)) recordMandatory(world, person, snapshot, random);
  if ((since === 2 || since === 8) && random.chance(0.62)) write('supervision,completed,,,1,,');
  if (random.chance(cpdChance(world, person))) {
    write(`cpd,completed,,,${cpdHours[random.below(cpdHours.length)]},,`);
    people.lastCpd[person] = snapshot;
  }
  if (home.reportsStage && people.domains[person]! < 8 && random.chance(0.03))
    write(`framework_domain,achieved,,,,${++people.domains[person]!},`);
}

/** Mandatory training lasts one year, or three. */
function recordMandatory(world: World, person: number, snapshot: number, random: Random): void {
  const day = dayWithin(world, random, snapshot);
  const validTo = isoDay(day + (random.chance(0.75) ? 396 : 1095));
  writeTraining(world, person, day, snapshot, `mandatory_training,completed,,,3,,${validTo}`);
}

/** Monthly chance of CPD: by organisation, more at higher bands, and the planted gap for disabled staff of one nation. */
function cpdChance(world: World, person: number): number {
  const { people, organisations, effects } = world;
  const home = organisations[people.organisation[2 * person]!]!;
  const gap = people.disability[person] === 1 && home.nation === effects.cpdGap.nation ? effects.cpdGap.factor : 1;
  return home.cpdRate * (people.band[2 * person]! >= 3 ? 1.15 : 0.95) * gap;
}
