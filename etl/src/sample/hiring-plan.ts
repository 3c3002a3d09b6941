import { calendarMonth } from './calendar.ts';
import { joiningSeason } from './margins.ts';

/** Share of people ever present by family, and the monthly share of a family's stock that is hired. */
export const families = [
  { name: 'support', share: 0.672, hired: 0.0112 },
  { name: 'registered', share: 0.276, hired: 0.0082 },
  { name: 'technician', share: 0.016, hired: 0.01 },
  { name: 'ambulance', share: 0.02, hired: 0.0102 },
  { name: 'other', share: 0.016, hired: 0.01 },
] as const;

/** How many people of each family are in the opening stock, and how many join in each month. */
export type HiringPlan = Record<(typeof families)[number]['name'], { opening: number; byMonth: number[] }>;

/** Splits `people` into the opening stock and the joiners of every month, to the person. */
export function planHiring(people: number, months: number, firstMonth: number): HiringPlan {
  const shares = families.map(({ share }) => Math.round(people * share));
  shares[0]! += people - shares.reduce((sum, share) => sum + share, 0);
  return Object.fromEntries(
    families.map(({ name, hired }, index) => {
      const opening = Math.round(shares[index]! / (1 + hired * months));
      return [name, { opening, byMonth: spread(shares[index]! - opening, months, firstMonth) }];
    }),
  ) as HiringPlan;
}

/** `count` joiners over the months by season; running totals are rounded, so that none is lost. */
function spread(count: number, months: number, firstMonth: number): number[] {
  const weights = Array.from(
    { length: months },
    (_, index) => joiningSeason[calendarMonth(firstMonth + 1 + index) - 1]!,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let running = 0;
  let given = 0;
  return weights.map((weight) => {
    running += weight;
    const now = Math.round((count * running) / total) - given;
    given += now;
    return now;
  });
}
