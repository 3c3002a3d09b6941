import { isoDay, monthEndDay, yearOfMonth } from './calendar.ts';
import { endApprenticeship } from './apprenticeships.ts';
import { NONE, PRESENCE, touch } from './people.ts';
import { addSecondPost, dropSecondPost, neighbour } from './posts.ts';
import { cumulative } from './random.ts';
import type { Random } from './random.ts';
import { currentMonth } from './population.ts';
import { dayWithin, pseudonym } from './world.ts';
import type { World } from './world.ts';

type Mix = readonly (readonly [string, number])[];
const mix = (entries: Mix) => ({ codes: entries.map(([code]) => code), totals: cumulative(entries.map(([, weight]) => weight)) }); // prettier-ignore
const draw = ({ codes, totals }: ReturnType<typeof mix>, random: Random) => codes[random.pick(totals)]!;

const resigning = mix([
  ['voluntary_resignation_work_life_balance', 23], ['voluntary_resignation_other', 19], ['voluntary_resignation_relocation', 14],
  ['voluntary_resignation_promotion', 9], ['voluntary_resignation_better_reward', 8], ['voluntary_resignation_education', 7],
  ['voluntary_resignation_health', 6], ['voluntary_resignation_child_dependants', 3.5], ['voluntary_resignation_adult_dependants', 1.5],
  ['voluntary_resignation_lack_of_opportunities', 2], ['voluntary_resignation_incompatible_relationships', 1],
  ['dismissal_capability', 2], ['dismissal_conduct', 1], ['dismissal_other', 0.7], ['redundancy_voluntary', 0.3],
  ['mutually_agreed_resignation', 0.2], ['death_in_service', 0.5], ['has_not_worked', 0.5], ['retirement_ill_health', 0.8],
]); // prettier-ignore
const retiring = mix([
  ['retirement_age', 72],
  ['flexible_retirement', 14],
  ['retirement_early', 8],
  ['retirement_ill_health', 6],
]);
const contractEnding = mix([
  ['end_of_fixed_term_contract', 85],
  ['end_of_fixed_term_training', 15],
]);
const moving = mix([
  ['voluntary_resignation_promotion', 38], ['voluntary_resignation_relocation', 22], ['voluntary_resignation_work_life_balance', 16],
  ['employee_transfer', 12], ['voluntary_resignation_better_reward', 7], ['voluntary_resignation_lack_of_opportunities', 5],
]); // prettier-ignore
const going = mix([
  ['no_employment', 26], ['private_health_social_care', 12], ['private_sector_other', 9], ['social_care', 9],
  ['education_or_training', 9], ['public_sector_other', 5], ['general_practice', 4], ['education_sector', 4],
  ['self_employed', 4], ['nhs_organisation', 3], ['abroad_other', 2], ['abroad_eu', 1], ['unknown', 12],
]); // prettier-ignore

/** Why somebody leaves: what is drawn depends on it. */
export type Cause = 'resigning' | 'retiring' | 'contract';

/** A person leaves the organisation and the service. */
export function leave(world: World, person: number, cause: Cause, random: Random): void {
  const { people } = world;
  if (people.standard[person]) endApprenticeship(world, person, 'withdrawn', random);
  world.observed.left(world, person);
  const reason = draw(cause === 'resigning' ? resigning : cause === 'retiring' ? retiring : contractEnding, random);
  const destination =
    cause === 'retiring' ? 'no_employment' : reason === 'death_in_service' ? reason : draw(going, random);
  recordLeaving(world, person, reason, destination, random);
  world.stock[people.family[person]! * world.organisations.length + people.organisation[2 * person]!]!--;
  people.presence[person] = PRESENCE.gone;
  people.trueOccupation[person] = NONE;
  dropSecondPost(world, person);
}

/** A person moves to another organisation: mostly of the same region, one in thirty of another nation. */
export function transfer(world: World, person: number, random: Random): void {
  const { people, organisations, stock } = world;
  const main = 2 * person;
  const from = people.organisation[main]!;
  const scope = random.chance(0.6) ? 'region' : random.chance(0.92) ? 'nation' : 'uk';
  const to = neighbour(world, from, scope, random);
  if (to === from || organisations[to]!.kind === 'ambulance' || people.trueOccupation[person] !== NONE) return;
  world.observed.left(world, person);
  const lastDay = recordLeaving(world, person, draw(moving, random), random.chance(0.93) ? 'nhs_organisation' : 'unknown', random); // prettier-ignore
  const family = people.family[person]! * organisations.length;
  stock[family + from]!--;
  stock[family + to]!++;
  dropSecondPost(world, person);
  people.organisation[main] = to;
  people.employer[main] = to;
  people.startDay[main] = Math.min(lastDay + 1, monthEndDay(currentMonth(world)));
  people.assignment[main] = ++people.assignments[person]!;
  world.observed.joined(world, person);
  touch(people, person);
  if (random.chance(0.03)) addSecondPost(world, person, random);
}

/** One row of the retention extract; 7 % have no reason and 10 % no destination. Returns the last day. */
function recordLeaving(world: World, person: number, reason: string, destination: string, random: Random): number {
  const organisation = world.organisations[world.people.organisation[2 * person]!]!.code;
  const recorded = `${random.chance(0.93) ? reason : ''},${random.chance(0.9) ? destination : ''}`;
  const day = dayWithin(world, random);
  const year = yearOfMonth(currentMonth(world));
  world.retentionFiles.row(year, isoDay(day), `,${pseudonym(world, person)},${organisation},${recorded}`);
  return day;
}
