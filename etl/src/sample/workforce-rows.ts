import { calendarMonth, isoDay, monthEndDay, monthOf } from './calendar.ts';
import { ethnicLetters, isSupport, occupations } from './code-lists.ts';
import { DISABILITIES, SEXES } from './equality.ts';
import { AGE_BANDS, ageAt, ageBandOf, BANDS, CONTRACTS, hasSecondPost, PRESENCE, STAGES, STATUSES, touch } from './people.ts'; // prettier-ignore
import { scramble } from './random.ts';
import { createRowFile } from './row-file.ts';
import type { RowFile } from './row-file.ts';
import { currentMonth } from './population.ts';
import { pseudonym } from './world.ts';
import type { World } from './world.ts';

export const WORKFORCE_HEADER =
  'period_end,person_id,assignment_id,organisation_code,employer_code,occupation_code,band,contracted_fte,contracted_hours,' +
  'assignment_status,contract_type,organisation_start_date,stage,apprentice,sex,ethnic_group,age_band,disability';

/** Scotland's full-time week became 37 hours in April 2024 (NES notice on the March 2024 census). */
const SCOTTISH_WEEK_CHANGES = monthOf(2024, 4);
const weekOf = (nation: string, month: number) => (nation === 'scotland' && month >= SCOTTISH_WEEK_CHANGES ? 37 : 37.5);

/** Writes the snapshot of the current month: one row per person and post. Returns the closed file. */
export function writeSnapshot(world: World, folder: string): RowFile {
  const { people } = world;
  const month = currentMonth(world);
  const date = isoDay(monthEndDay(month));
  const file = createRowFile(folder, `workforce-${date.slice(0, 7)}-synthetic.csv`, WORKFORCE_HEADER);
  for (let person = 0; person < people.count; person++) {
    if (people.presence[person] !== PRESENCE.present) continue;
    const age = ageBandOf(ageAt(people, person, month));
    if (age !== people.ageBand[person]) {
      people.ageBand[person] = age;
      touch(people, person);
    }
    const main = 2 * person;
    file.row(date, (people.row[main] ||= rowOf(world, person, main, month)));
    if (hasSecondPost(people, person)) file.row(date, (people.row[main + 1] ||= rowOf(world, person, main + 1, month)));
    world.observed.count(world, person);
  }
  file.close();
  world.observed.closePeriod(world, date, file.rows);
  return file;
}

/** Rows of a nation whose full-time week changes this month are written anew. */
export function refreshHours(world: World): void {
  if (currentMonth(world) !== SCOTTISH_WEEK_CHANGES) return;
  for (let person = 0; person < world.people.count; person++) touch(world.people, person);
}

/** A post's row after its date. 8 % of stages and 0.5 % of start dates are missing, always for the same people. */
function rowOf(world: World, person: number, post: number, month: number): string {
  const { people, organisations } = world;
  const home = organisations[people.organisation[post]!]!;
  const id = pseudonym(world, person);
  const luck = scramble(person + 7) % 1000;
  const fte = people.fte[post]! / 1000;
  const stage =
    home.reportsStage && luck >= 80 && isSupport[people.occupation[post]!] ? STAGES[people.stage[person]!]! : '';
  const start = luck % 200 === 3 ? '' : isoDay(people.startDay[post]!);
  return (
    `,${id},${id}-${people.assignment[post]},${home.code},${organisations[people.employer[post]!]!.code},` +
    `${occupations[people.occupation[post]!]},${BANDS[people.band[post]!]},${fte.toFixed(5)},` +
    `${(fte * weekOf(home.nation, month)).toFixed(2)},${STATUSES[people.status[person]!]},` +
    `${CONTRACTS[people.contract[post]!]},${start},${stage},${people.standard[person] ? 'Y' : 'N'},` +
    `${SEXES[people.sex[person]!]},${ethnicLetters[people.ethnicity[person]!]},` +
    `${AGE_BANDS[people.ageBand[person]!]},${DISABILITIES[people.disability[person]!]}`
  );
}

/** True at the ends of March, June, September and December. */
export const isQuarterEnd = (month: number): boolean => calendarMonth(month) % 3 === 0;
