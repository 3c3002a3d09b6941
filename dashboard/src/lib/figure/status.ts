import type { Flag, Status, Value } from './figure.ts';

/** The UK statistical shorthand of each status that hides or qualifies a number, and what it says aloud. */
export const statusWords: Record<Exclude<Status, 'OK'>, { marker: string; words: string }> = {
  CONFIDENTIAL: { marker: '[c]', words: 'withheld to protect people' },
  NOT_APPLICABLE: { marker: '[z]', words: 'not applicable' },
  NOT_AVAILABLE: { marker: '[x]', words: 'not available' },
  CANNOT_TELL: { marker: 'cannot tell', words: 'too imprecise to say anything' },
  LOW: { marker: '[low]', words: 'above zero but rounds to zero' },
  LOW_RELIABILITY: { marker: '[u]', words: 'too few people for a reliable figure' },
};

export const flagWords: Record<Flag, { marker: string; words: string }> = {
  PROVISIONAL: { marker: '[p]', words: 'provisional' },
  REVISED: { marker: '[r]', words: 'revised' },
  BREAK: { marker: '[b]', words: 'break in the series' },
  ESTIMATED: { marker: '[e]', words: 'estimated' },
  FORECAST: { marker: '[f]', words: 'forecast' },
  LOW_RELIABILITY: { marker: '[u]', words: 'low reliability' },
  INCOMPLETE: { marker: '[i]', words: 'some employers sent nothing' },
  ACCEPTED: { marker: '[a]', words: 'looked wrong and was let pass, for a reason' },
};

/** The number of a value, or null when it may not be shown: the only way from a value to a picture or a sentence. */
export function shown(value: Value | undefined): number | null {
  return value && value.value !== null && (value.status === 'OK' || value.status === 'LOW_RELIABILITY')
    ? value.value
    : null;
}

/** What stands in a table cell: the number, or the marker that says why there is none. */
export function cellText(value: Value): string {
  if (shown(value) !== null) return value.display;
  return value.status === 'OK' ? statusWords.NOT_AVAILABLE.marker : statusWords[value.status].marker;
}

/** The markers of the flags of a value, such as "[p]". */
export function flagMarkers(value: Value): string {
  return (value.flags ?? []).map((flag) => flagWords[flag].marker).join(' ');
}

/** Whether the value begins a series of its own: it is not compared with what is before it. */
export const isBroken = (value: Value | undefined): boolean => value?.flags?.includes('BREAK') ?? false;

/** A note for every marker that the values use, in a fixed order. */
export function markerNotes(values: Value[]): string[] {
  const used = new Set(
    values.flatMap((value) => `${cellText(value)} ${flagMarkers(value)}`.match(/\[\w+\]|cannot tell/g) ?? []),
  );
  const all = [...Object.values(statusWords), ...Object.values(flagWords)];
  return all
    .filter(({ marker }, place) => used.has(marker) && all.findIndex((other) => other.marker === marker) === place)
    .map(({ marker, words }) => `${marker} ${words}`);
}
