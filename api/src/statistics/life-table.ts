import { logLogLimits } from '@ahp/sql/statistics/log-log-limits';
import { sql } from 'kysely';
import type { OpenRelease } from '../release/open-release.ts';
import { callMacros } from './macro-call.ts';

/** One interval of service of one curve, from published counts. Months from joining. */
export interface Interval {
  from: number;
  until: number;
  exposure: number;
  /** How many went each way, in an order that is the same for all intervals of all curves. */
  exits: readonly number[];
  /** Variance of the protection of one of the counts of exits, and of the exposure. */
  exitVariance: number;
  exposureVariance: number;
}

/** A retention curve at the end of one interval; shares. */
export interface CurvePoint {
  until: number;
  atRisk: number;
  survival: number;
  limits: [number, number] | null;
  /** Shares who have gone each way by then (Aalen–Johansen), in the order of the exits. */
  incidences: number[];
  /** Number of people whose sampling variance equals that of the curve here. */
  effective: number;
}

/** A retention curve by month, and at the end of every interval. */
export interface Curve {
  points: CurvePoint[];
  /** Survival at the end of month 1, 2, …, with its limits, and who has gone each way by then. */
  months: { survival: number; limits: [number, number] | null; incidences: number[] }[];
}

/** People followed through an interval: its exposure in units of its length. */
export const followed = ({ exposure, from, until }: Interval): number => exposure / (until - from);

/**
 * Retention curves from intervals, one list for each curve, by the macros of the release. An interval of w months is given to them as w
 * rows of one month with 1/w of its exits and of its exposure, so that the survival over it is (1 − exits ÷ exposure)^w and Greenwood’s
 * sum is the delta method’s; the protection of the counts adds w² (variance of the exits + hazard² × variance of the exposure) ÷ (exposure − exits)².
 */
export async function lifeTables(open: OpenRelease, curves: readonly (readonly Interval[])[]): Promise<Curve[]> {
  const months = curves.flatMap((intervals, stratum) =>
    intervals.flatMap((interval) => {
      const width = interval.until - interval.from;
      return Array.from({ length: width }, (_, i) => ({
        stratum: String(stratum),
        time: interval.from + i + 1,
        at_risk: followed(interval),
        exits: interval.exits.map((count) => count / width),
      }));
    }),
  );
  const ways = Array.from({ length: Math.max(0, ...months.map(({ exits }) => exits.length)) }, (_, way) => way);
  const [stratum, time] = [months.map((month) => month.stratum), months.map((month) => month.time)];
  const atRisk = months.map((month) => month.at_risk);
  const survivals = await callMacros<{ stratum: string; time: number; survival: number; error: number | null }>(
    open,
    { stratum, time, at_risk: atRisk, events: months.map(({ exits }) => sumOf(exits)) },
    sql`select stratum, time, survival, standard_error as error from life_table('given')`,
  );
  const incidences = await callMacros<{ stratum: string; time: number; cause: string; incidence: number }>(
    open,
    {
      stratum: ways.flatMap(() => stratum),
      time: ways.flatMap(() => time),
      at_risk: ways.flatMap(() => atRisk),
      cause: ways.flatMap((way) => months.map(() => `way ${way}`)),
      events: ways.flatMap((way) => months.map(({ exits }) => exits[way]!)),
    },
    sql`select stratum, time, cause, incidence from cumulative_incidence('given')`,
  );
  const incidence = new Map(incidences.map((row) => [`${row.stratum}|${row.time}|${row.cause}`, row.incidence]));
  return curves.map((intervals, stratum) => {
    const rows = survivals.filter((row) => row.stratum === String(stratum)).sort((a, b) => a.time - b.time);
    const noise = noiseByMonth(intervals);
    const byMonth = rows.map(({ survival, error, time }, i) => {
      const variance = (survival > 0 ? ((error ?? 0) / survival) ** 2 : 0) + noise[i]!;
      const gone = ways.map((way) => incidence.get(`${stratum}|${time}|way ${way}`) ?? 0);
      const limits =
        survival < 1 ? logLogLimits(survival, variance) : nobodyWent(followed(intervalAt(intervals, time)), noise[i]!);
      return { survival, variance, limits, incidences: gone };
    });
    const points = intervals.map((interval): CurvePoint => {
      const { survival, variance, limits, incidences } = byMonth[interval.until - 1]!;
      const effective = variance > 0 && survival < 1 ? (1 - survival) / (survival * variance) : followed(interval);
      const atRisk = followed(interval);
      return {
        until: interval.until,
        atRisk,
        survival,
        limits,
        incidences,
        effective,
      };
    });
    return { points, months: byMonth };
  });
}

const intervalAt = (intervals: readonly Interval[], month: number) =>
  intervals.find(({ from, until }) => from < month && month <= until)!;

/** Limits of a curve that nobody has left: Wilson’s for all of n, and on the logarithm what the protection may have hidden. */
function nobodyWent(n: number, noise: number): [number, number] {
  const z = 1.959963984540054;
  return [(n / (n + z ** 2)) * Math.exp(-z * Math.sqrt(noise)), 1];
}

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Variance that the protection adds to the logarithm of the curve, up to the end of each month. */
function noiseByMonth(intervals: readonly Interval[]): number[] {
  let sum = 0;
  return intervals.flatMap((interval) => {
    const { exposure, exitVariance, exposureVariance } = interval;
    const width = interval.until - interval.from;
    const exits = Math.min(sumOf(interval.exits), exposure);
    const hazard = exits / exposure;
    const whole =
      exits < exposure
        ? (width ** 2 * (interval.exits.length * exitVariance + hazard ** 2 * exposureVariance)) /
          (exposure - exits) ** 2
        : 0;
    return Array.from({ length: width }, () => (sum += whole / width));
  });
}

/** Wilson’s limits of every share who have gone each way, with the effective number of people of the curve there. */
export async function incidenceLimits(
  open: OpenRelease,
  points: readonly CurvePoint[],
): Promise<{ lower: number; upper: number }[][]> {
  const flat = points.flatMap(({ incidences, effective }) => incidences.map((share) => ({ share, n: effective })));
  const rows = await callMacros<{ lower: number; upper: number }>(
    open,
    { i: flat.map((_, i) => i), share: flat.map(({ share }) => share), n: flat.map(({ n }) => n) },
    sql`select wilson_lower(share * n, n) as lower, wilson_upper(share * n, n) as upper from given order by i`,
  );
  let next = 0;
  return points.map(({ incidences }) => incidences.map(() => rows[next++]!));
}

/** First month at which the curve is at or below one half, with the months at which its limits are; null when it is never. */
export function medianMonth({ months }: Curve): { value: number; lower: number | null; upper: number | null } | null {
  const first = (at: (month: Curve['months'][number]) => number | undefined) => {
    const index = months.findIndex((month) => (at(month) ?? 1) <= 0.5);
    return index < 0 ? null : index + 1;
  };
  const value = first(({ survival }) => survival);
  if (value === null) return null;
  return { value, lower: first(({ limits }) => limits?.[0]), upper: first(({ limits }) => limits?.[1]) };
}
