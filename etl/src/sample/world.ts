import { isoDay, monthEndDay, yearOfMonth } from './calendar.ts';
import type { Population } from './population.ts';
import type { Random } from './random.ts';
import { hashText, scramble } from './random.ts';
import type { YearFiles } from './row-file.ts';
import type { Observed } from './truth.ts';

/** Everything that the parts of the generator share. */
export interface World extends Population {
  seed: number;
  /** People present whose main post is in an organisation, by family: index family * organisations + organisation. */
  stock: Int32Array;
  /** Relative hazard of leaving this month, by organisation. */
  leaving: Float64Array;
  /** Place to transfer to: running totals of weights with the organisations they stand for. */
  neighbours: Map<string, { organisations: number[]; weights: Float64Array }>;
  random: { joining: Random; careers: Random; training: Random; records: Random };
  trainingFiles: YearFiles;
  retentionFiles: YearFiles;
  observed: Observed;
}

/** A day number within the month of snapshot `snapshot`. */
export function dayWithin(world: World, random: Random, snapshot = world.now): number {
  const month = world.opening + snapshot;
  const first = monthEndDay(month - 1) + 1;
  return first + random.below(monthEndDay(month) - first + 1);
}

/** Pseudonym of a person: numbers are scrambled one to one, so that it tells nothing of the order of joining. */
export function pseudonym(world: World, person: number): string {
  const scrambled = (scramble(person) ^ scramble(world.seed ^ hashText('pseudonym'))) >>> 0;
  return `P${scrambled.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** Writes a training event; `rest` holds the columns from activity on. */
export function writeTraining(world: World, person: number, day: number, snapshot: number, rest: string): void {
  const organisation = world.organisations[world.people.organisation[2 * person]!]!.code;
  world.trainingFiles.row(
    yearOfMonth(world.opening + snapshot),
    isoDay(day),
    `,${pseudonym(world, person)},${organisation},${rest}`,
  );
}
