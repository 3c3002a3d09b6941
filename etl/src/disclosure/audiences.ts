import { exactAbove } from './fixed-ptables.ts';
import { chainTable, composed, drawBoth, probabilities } from './chain.ts';
import { createPTable, publish, type PTable } from './ptable.ts';

/** For whom cells are protected, and how. A new audience is a new row here and a policy for it in `sql/lattice/policy.ts`. */
export interface Audience {
  id: 'public' | 'trusted' | 'own';
  label: string;
  description: string;
  /** Whose counts its own are drawn from (chain.ts); null when they are drawn from the truth. */
  drawnFrom: 'trusted' | null;
  /** Greatest change of a count; 0 when counts are exact. */
  d: number;
  /** Variance of the change of a count (of 12 people or more, where it is drawn from another audience’s); 0 when counts are exact. */
  v: number;
  /** Published counts are 0 or above js. */
  js: number;
  /** Counts from 1 to one below this are not shown. */
  displayMinimum: number;
  /** Rates, means and shares are shown from this published base on. */
  rateMinimum: number;
}

/** The audiences, in the order of their release files. */
export const audiences: readonly Audience[] = [
  {
    id: 'public',
    drawnFrom: 'trusted',
    label: 'Public',
    description: 'Anyone. Every count is changed slightly (standard deviation 2.5 people) and is 0 or at least 5.',
    d: 10,
    v: 6.25,
    js: 4,
    displayMinimum: 5,
    rateMinimum: 30,
  },
  {
    id: 'trusted',
    drawnFrom: null,
    label: 'Trusted users',
    description:
      'Signed-in analysts under an agreement. Every count is changed slightly (standard deviation 1.7 people); counts under 5 are not shown.',
    d: 5,
    v: 3,
    js: 2,
    displayMinimum: 5,
    rateMinimum: 10,
  },
  {
    id: 'own',
    drawnFrom: null,
    label: 'Own organisation',
    description:
      'An employer, about its own people only. Counts by work are exact; by a characteristic of the person, counts from 1 to 4 are withheld, with others that would give them away.',
    d: 0,
    v: 0,
    js: 0,
    displayMinimum: 1,
    rateMinimum: 10,
  },
];

/** The audience of this id. */
export function audienceOf(id: Audience['id']): Audience {
  return audiences.find((audience) => audience.id === id)!;
}

/** An employer’s own counts by a characteristic of the person are withheld below this. */
export const personalMinimum = 5;

/** The p-table of counts that are drawn from the truth; of an employer’s own, that of characteristics. */
export function countTable({ id, drawnFrom, d, v, js }: Audience): PTable {
  if (drawnFrom !== null) throw new Error(`the counts of the audience ${id} are drawn from those of another`);
  return v === 0 ? exactAbove(personalMinimum) : createPTable({ D: d, V: v, js, equality: true });
}

/** The cell keys of a set of people, one for each noisy audience. */
export interface CellKeys {
  trusted: number;
  public: number;
}

/** What an audience is shown of a count of people with these cell keys. */
export function publishedTo(audience: Audience): (count: number, keys: CellKeys) => number {
  if (audience.drawnFrom === null) {
    const table = countTable(audience);
    return (count, keys) => publish(table, count, keys[audience.id as keyof CellKeys])!;
  }
  const first = countTable(audienceOf(audience.drawnFrom));
  return (count, keys) => drawBoth(first, count, keys).public;
}

/** The probability of each published count, for every true count from 0 to `largest`. */
export function countRows(audience: Audience, largest: number): Map<number, number>[] {
  if (audience.drawnFrom !== null) return composed(countTable(audienceOf(audience.drawnFrom)), chainTable, largest);
  const table = countTable(audience);
  return Array.from({ length: largest + 1 }, (_, count) => probabilities(table, count));
}
