import { flags, markers, type Figure } from '../query/figure.ts';

/** The UK’s shorthand for symbols, with what each means here. */
export const symbols: Readonly<Record<string, string>> = {
  '[c]': 'Confidential: withheld to protect people.',
  '[z]': 'Not applicable: no value is possible.',
  '[x]': 'Not available: the source does not hold it.',
  '[low]': 'Low: above zero, but rounds to zero.',
  'cannot tell': 'The interval is too wide for the figure to say anything.',
  ...Object.fromEntries(Object.values(flags).map((text) => [markOf(text), text.slice(text.indexOf(' ') + 1)])),
};

/** `[p] May still be revised.` → `[p]`. */
function markOf(text: string): string {
  return text.slice(0, text.indexOf(' '));
}

/** The marks of the flags of a figure: `[b] [p]`. */
export const marksOf = (figure: Figure) => figure.flags.map((flag) => markOf(flags[flag])).join(' ');

/** What stands in the place of a value that is not there: `[c]`; null where there is one. */
export const markerOf = ({ value, status }: Figure) => (value === null ? (markers[status] ?? '[x]') : null);
