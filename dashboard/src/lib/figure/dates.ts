/** A date or moment as "21 May 2026", in UTC so that server and browser agree. */
export function longDate(moment: string): string {
  return new Date(moment).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** The month of a date as "May 2026". */
export function monthYear(day: string): string {
  return new Date(day).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}
