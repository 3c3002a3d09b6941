import { exactAbove } from './fixed-ptables.ts';
import { createPTable, type PTable } from './ptable.ts';

/** For whom cells are protected, and how. A new audience is a new row here and a policy for it in `sql/lattice/policy.ts`. */
export interface Audience {
  id: 'public' | 'trusted' | 'own';
  label: string;
  description: string;
  /** Greatest change of a count; 0 when counts are exact. */
  d: number;
  /** Variance of the change of a count; 0 when counts are exact. */
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
    label: 'Own organisation',
    description: 'An employer, about its own people only. Counts are exact; counts from 1 to 4 are withheld.',
    d: 0,
    v: 0,
    js: 0,
    displayMinimum: 5,
    rateMinimum: 10,
  },
];

/** The audience of this id. */
export function audienceOf(id: Audience['id']): Audience {
  return audiences.find((audience) => audience.id === id)!;
}

/** The p-table of an audience's counts. */
export function countTable({ d, v, js, displayMinimum }: Audience): PTable {
  return v === 0 ? exactAbove(displayMinimum) : createPTable({ D: d, V: v, js, equality: true });
}
