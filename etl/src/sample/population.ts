import type { Effects } from './effects.ts';
import type { Organisation } from './organisations.ts';
import type { People } from './people.ts';

/** The people of the sample and their organisations, as of the snapshot being made. */
export interface Population {
  /** Month of the opening snapshot, in months since year 0. */
  opening: number;
  months: number;
  /** Number of the snapshot being made; 0 is the opening one. */
  now: number;
  organisations: Organisation[];
  effects: Effects;
  people: People;
}

/** Month since year 0 of the snapshot being made. */
export const currentMonth = ({ opening, now }: Population): number => opening + now;
