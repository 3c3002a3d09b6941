import { isCore, isRegistered, isSupport, professionOfOccupation, professions } from './code-lists.ts';
import type { Organisation } from './organisations.ts';
import { placeOf } from './organisations.ts';
import { bandPlace, BANDS, CONTRACT, isActive, NONE, PRESENCE } from './people.ts';
import { currentMonth, type Population } from './population.ts';

/** True counts of one snapshot. People are counted once, by main post (see `definitions` in truth.json). */
export interface PeriodTruth {
  period_end: string;
  rows: number;
  people: number;
  support_headcount: number;
  support_headcount_core: number;
  support_fte_thousandths: number;
  support_inactive: number;
  registered_headcount: number;
  apprentices: number;
  by_place: Record<string, number>;
  by_band: Record<string, number>;
  by_profession: Record<string, number>;
  by_organisation: Record<string, number>;
  /** Movements of the support stock since the previous snapshot: start + in − out = headcount. */
  flows: Record<Flow, number> | null;
}

const FLOWS = [
  'start', 'joined', 'reactivated', 'reclassified_in', 'other_in', 'left', 'went_inactive', 'to_registered',
  'reclassified_out', 'other_out', 'transferred',
] as const; // prettier-ignore
type Flow = (typeof FLOWS)[number];

const STATE = { absent: 0, support: 1, inactive: 2, registered: 3, coded: 4, ineligible: 5 } as const;

/** What really happened, gathered while the sample is made. */
export type Observed = ReturnType<typeof createObserved>;

/** Counters for `people` people in `organisations` organisations over `months` months. */
export function createObserved(capacity: number, organisations: number, months: number, gapRegion: string) {
  const state = new Uint8Array(capacity);
  const place = new Uint16Array(capacity);
  const left = new Int32Array((months + 1) * organisations);
  const stock = new Int32Array((months + 1) * organisations);
  const cohort = new Int32Array(organisations);
  const leftEarly = new Int32Array(organisations);
  const progressionByGroup: Record<string, { personMonths: number; bandUps: number }> = {};
  const registration: Record<string, { ended: number; achieved: number }> = {};
  const cpd = { disabled: { people: 0, took_part: 0 }, not_disabled: { people: 0, took_part: 0 } };
  const periods: PeriodTruth[] = [];
  let period = emptyPeriod();
  let flows = emptyFlows();

  return {
    periods,
    left_by_month: left,
    stock_by_month: stock,
    cohort,
    leftEarly,
    progressionByGroup,
    registration,
    cpd,
    miscoded: 0,
    apprenticeshipStarts: 0,
    joined(population: Population, person: number) {
      if (population.now + 12 <= population.months && supportState(population, person) === STATE.support)
        cohort[population.people.organisation[2 * person]!]!++;
    },
    left(population: Population, person: number) {
      const organisation = population.people.organisation[2 * person]!;
      if (state[person] === STATE.support && place[person] === organisation)
        left[population.now * organisations + organisation]!++;
      const months = population.now - joinedAt(population, person);
      if (months < 12 && joinedAt(population, person) > 0 && joinedAt(population, person) + 12 <= population.months && supportState(population, person) === STATE.support) leftEarly[organisation]!++; // prettier-ignore
    },
    /** After a merger, being in the new organisation is not a move. */
    merged(old: readonly number[], organisation: number) {
      for (let person = 0; person < capacity; person++) if (old.includes(place[person]!)) place[person] = organisation;
    },
    progression(home: Organisation, group: string, band: number, up: boolean) {
      if (home.region !== gapRegion || band < bandPlace('2') || band > bandPlace('4')) return;
      const counts = (progressionByGroup[group] ??= { personMonths: 0, bandUps: 0 });
      counts.personMonths++;
      if (up) counts.bandUps++;
    },
    promoted(home: Organisation, group: string) {
      if (home.region === gapRegion) (progressionByGroup[group] ??= { personMonths: 0, bandUps: 0 }).bandUps++;
    },
    registrationEnded(nation: string, achieved: boolean) {
      const counts = (registration[nation] ??= { ended: 0, achieved: 0 });
      counts.ended++;
      if (achieved) counts.achieved++;
    },
    /** Adds a person present at the snapshot. */
    count(population: Population, person: number) {
      const { people } = population;
      const now = supportState(population, person);
      period.people++;
      if (now === STATE.registered) period.registered_headcount++;
      if (now === STATE.inactive) period.support_inactive++;
      if (now === STATE.support) countSupport(population, person, period, stock, organisations);
      if (now === STATE.support && (currentMonth(population) + 1) % 12 === 3) countCpd(population, person, cpd);
      flow(flows, state[person]!, now, place[person] !== people.organisation[2 * person]);
      state[person] = now;
      place[person] = people.organisation[2 * person]!;
    },
    /** Closes the snapshot; those who were there and are not present any more have left. */
    closePeriod(population: Population, date: string, rows: number) {
      for (let person = 0; person < population.people.count; person++)
        if (state[person] !== STATE.absent && population.people.presence[person] !== PRESENCE.present) {
          flow(flows, state[person]!, STATE.absent, false);
          state[person] = STATE.absent;
        }
      periods.push({ ...period, period_end: date, rows, flows: population.now > 0 ? flows : null });
      if (population.now > 0) flows.start = periods.at(-2)!.support_headcount;
      period = emptyPeriod();
      flows = emptyFlows();
    },
  };
}

/** Snapshot at which the person joined the present organisation; 0 or less for the opening stock. */
function joinedAt(population: Population, person: number): number {
  const date = new Date(population.people.startDay[2 * person]! * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth() - population.opening;
}

function supportState(population: Population, person: number): number {
  const { people } = population;
  const main = 2 * person;
  const contract = people.contract[main]!;
  const code = people.occupation[main]!;
  if (contract === CONTRACT.bank || contract === CONTRACT.honorary || people.fte[main] === 0) return STATE.ineligible;
  if (!isActive(people.status[person]!)) return isSupport[code] ? STATE.inactive : STATE.ineligible;
  return isSupport[code] ? STATE.support : isRegistered[code] ? STATE.registered : STATE.coded;
}

function countSupport(
  population: Population,
  person: number,
  period: PeriodTruth,
  stock: Int32Array,
  organisations: number,
): void {
  const { people } = population;
  const main = 2 * person;
  const organisation = people.organisation[main]!;
  const home = population.organisations[organisation]!;
  const add = (counts: Record<string, number>, key: string) => (counts[key] = (counts[key] ?? 0) + 1);
  stock[population.now * organisations + organisation]!++;
  period.support_headcount++;
  if (isCore[people.occupation[main]!]) period.support_headcount_core++;
  if (people.standard[person]) period.apprentices++;
  period.support_fte_thousandths +=
    people.fte[main]! + (people.organisation[main + 1] === NONE ? 0 : people.fte[main + 1]!);
  add(period.by_place, placeOf(home));
  add(period.by_organisation, home.code);
  add(period.by_band, BANDS[people.band[main]!]!);
  add(period.by_profession, professions[professionOfOccupation[people.occupation[main]!]!]!);
}

function countCpd(
  population: Population,
  person: number,
  cpd: Record<'disabled' | 'not_disabled', { people: number; took_part: number }>,
): void {
  // prettier-ignore
  const { people, organisations, effects, now } = population;
  const disability = people.disability[person];
  if (disability === 0 || organisations[people.organisation[2 * person]!]!.nation !== effects.cpdGap.nation) return;
  const counts = disability === 1 ? cpd.disabled : cpd.not_disabled;
  counts.people++;
  if (now - people.lastCpd[person]! < 12) counts.took_part++;
}

/** Adds one person's movement between two snapshots to the flows of the support stock. */
function flow(flows: Record<Flow, number>, before: number, after: number, moved: boolean): void {
  if (before === STATE.support && after === STATE.support) flows.transferred += moved ? 1 : 0;
  else if (after === STATE.support) flows[entry(before)]++;
  else if (before === STATE.support) flows[exit(after)]++;
}

const entry = (before: number): Flow =>
  before === STATE.absent ? 'joined' : before === STATE.inactive ? 'reactivated' : before === STATE.coded ? 'reclassified_in' : 'other_in'; // prettier-ignore
const exit = (after: number): Flow =>
  after === STATE.absent ? 'left' : after === STATE.inactive ? 'went_inactive' : after === STATE.registered ? 'to_registered' : after === STATE.coded ? 'reclassified_out' : 'other_out'; // prettier-ignore

const emptyFlows = () => Object.fromEntries(FLOWS.map((name) => [name, 0])) as Record<Flow, number>;
const emptyPeriod = (): PeriodTruth => ({
  period_end: '', rows: 0, people: 0, support_headcount: 0, support_headcount_core: 0, support_fte_thousandths: 0,
  support_inactive: 0, registered_headcount: 0, apprentices: 0, by_place: {}, by_band: {}, by_profession: {},
  by_organisation: {}, flows: null,
}); // prettier-ignore
