const DAY = 86_400_000;

/** Months counted from year 0: January 2026 is 24312. Days are counted from 1970-01-01. */
export const monthOf = (year: number, month: number): number => year * 12 + month - 1;

export const yearOfMonth = (month: number): number => Math.floor(month / 12);

/** 1 to 12. */
export const calendarMonth = (month: number): number => (month % 12) + 1;

/** Day number of a month's last day. */
export const monthEndDay = (month: number): number => Date.UTC(yearOfMonth(month), (month % 12) + 1, 0) / DAY;

/** Month that holds a day. */
export function monthOfDay(day: number): number {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

const known = new Map<number, string>();

/** ISO text of a day number; texts are kept, since a sample repeats a few thousand days millions of times. */
export function isoDay(day: number): string {
  let text = known.get(day);
  if (text === undefined) known.set(day, (text = new Date(day * DAY).toISOString().slice(0, 10)));
  return text;
}

/** Month of an ISO date such as `2026-03-31`. */
export const parseMonth = (iso: string): number => monthOf(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)));
