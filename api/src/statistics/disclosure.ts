import type { Figure } from '../query/figure.ts';
import { displayed, lowerFirst } from '../query/words.ts';

/**
 * Of how many people, as a share, a characteristic must be known for groups to be compared by it: where fewer have told, those who have not decide
 * what a ratio would be.
 */
export const leastKnown = 0.6;

/** Why groups are not compared by a characteristic, from the share of people of whom it is recorded and how that is shown; null where enough is known. */
export function tooFewKnown(label: string, share: number | null, { display }: Figure): string | null {
  if (share === null || share >= leastKnown) return null;
  return `${lowerFirst(label)} is known for ${display} of people, and groups are compared from ${displayed(leastKnown, 'percent', null)} on`;
}
