import { distance } from 'fastest-levenshtein';

const compared = (text: string) => text.slice(0, 100).toLowerCase();

/** The candidate nearest to `name`, or undefined when none shares even half of it. `nearest('bnad', ['band', 'sex'])` is `'band'`. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = compared(name);
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const other = compared(candidate);
    const edits = distance(wanted, other);
    if (edits < least && edits <= Math.max(wanted.length, other.length) / 2) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}
