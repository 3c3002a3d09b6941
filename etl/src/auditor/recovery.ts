/** How many true counts of 1 to 4 an attacker found exactly, and how many whoever always says the commonest of them would. */
export interface Recovery {
  cells: number;
  found: number;
  /** How many would be found if the attacker were told that the truth lies in 1 to 4. */
  foundWhenTold: number;
  /** How often each of 1, 2, 3, 4 is the truth. */
  truths: [number, number, number, number];
}

export const nothingYet = (): Recovery => ({ cells: 0, found: 0, foundWhenTold: 0, truths: [0, 0, 0, 0] });

/** Counts the cells whose truth is 1 to 4, and those of them whose rounded estimate is that truth. */
export function score(recovery: Recovery, truth: ArrayLike<number>, estimate: ArrayLike<number>): void {
  for (let cell = 0; cell < truth.length; cell += 1) {
    const n = truth[cell]!;
    if (n < 1 || n > 4) continue;
    recovery.cells += 1;
    recovery.truths[n - 1]! += 1;
    const rounded = Math.round(estimate[cell]!);
    if (rounded === n) recovery.found += 1;
    if (Math.min(4, Math.max(1, rounded)) === n) recovery.foundWhenTold += 1;
  }
}

/** Share found, 0 to 1. */
export const recovered = ({ cells, found }: Recovery): number => (cells === 0 ? 0 : found / cells);

/** Share of the commonest value: what guessing alone finds. */
export const guessed = ({ cells, truths }: Recovery): number => (cells === 0 ? 0 : Math.max(...truths) / cells);

/** From fewer counts than this a share says nothing. */
const fewest = 100;

/**
 * Whether an attack finds at most `margin` more than guessing, or there is too little to tell. A share of n counts has a standard error of
 * √(g (1 − g) ÷ n): three of them are allowed, 15 points of 100 counts and one and a half of 10,000, so that a small release is not refused by chance.
 */
export const withinGuess = (recovery: Recovery, margin: number): boolean =>
  recovery.cells < fewest ||
  recovered(recovery) <= guessed(recovery) + margin + 3 * standardError(guessed(recovery), recovery.cells);

/** Of a share of so many counts. */
export const standardError = (share: number, cells: number): number => Math.sqrt((share * (1 - share)) / cells);

/** “27% of 1,265 found (47% when told that they are 1 to 4), guessing 43%” */
export function inWords(recovery: Recovery): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)}%`;
  const told = recovery.cells === 0 ? 0 : recovery.foundWhenTold / recovery.cells;
  return `${percent(recovered(recovery))} of ${recovery.cells.toLocaleString('en-GB')} found (${percent(told)} when told that they are 1 to 4), guessing ${percent(guessed(recovery))}`;
}
