/** How often the extracts of a nation tell of it, from the months in which organisations reported. */
export function calendarWords(reported: readonly string[], months: number): string {
  const quarters = reported.every((day) => Number(day.slice(5, 7)) % 3 === 0);
  if (reported.length === 0) return 'No snapshot';
  if (reported.length < months && quarters) return 'Snapshots at the ends of quarters';
  return reported.length === months
    ? `A snapshot for each of ${months} months`
    : `Snapshots for ${reported.length} of ${months} months`;
}
