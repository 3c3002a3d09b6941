/** The last moment of a day written as 2027-03-31, in UTC and milliseconds; null when the text is no such day of the calendar. */
export function endOfDay(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const start = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(start) || dayOf(start) !== text) return null;
  return start + 86_400_000 - 1;
}

/** The day of a moment in UTC, as 2027-03-31. */
export const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
