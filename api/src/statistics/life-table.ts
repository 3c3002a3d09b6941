import { logLogLimits } from '@ahp/sql/statistics/log-log-limits';
import { sql } from 'kysely';
import type { OpenRelease } from '../open-release.ts';
import { callMacros } from './macro-call.ts';

/** One interval of service of one curve, from published counts. Months from joining. */
export interface Interval {
  from: number;
  until: number;
  exposure: number;
  left: number;
  registered: number;
  /** Variance of the protection of one of the two counts of exits, and of the exposure. */
  exitVariance: number;
  exposureVariance: number;
}

/** A retention curve at the end of one interval; shares. */
export interface CurvePoint {
  until: number;
  atRisk: number;
  survival: number;
  limits: [number, number] | null;
  left: number;
  registered: number;
  /** Number of people whose sampling variance equals that of the curve here. */
  effective: number;
}

/** A retention curve by month, and at the end of every interval. */
export interface Curve {
  points: CurvePoint[];
  /** Survival at the end of month 1, 2, …, with its limits. */
  months: { survival: number; limits: [number, number] | null }[];
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
        left: interval.left / width,
        registered: interval.registered / width,
      }));
    }),
  );
  const column = <Key extends keyof (typeof months)[number]>(key: Key) => months.map((month) => month[key]);
  const survivals = await callMacros<{ stratum: string; time: number; survival: number; error: number | null }>(
    open,
    {
      stratum: column('stratum'),
      time: column('time'),
      at_risk: column('at_risk'),
      events: months.map(({ left, registered }) => left + registered),
    },
    sql`select stratum, time, survival, standard_error as error from life_table('given')`,
  );
  const incidences = await callMacros<{ stratum: string; time: number; cause: string; incidence: number }>(
    open,
    {
      stratum: [...column('stratum'), ...column('stratum')],
      time: [...column('time'), ...column('time')],
      at_risk: [...column('at_risk'), ...column('at_risk')],
      cause: [...months.map(() => 'left'), ...months.map(() => 'registered')],
      events: [...column('left'), ...column('registered')],
    },
    sql`select stratum, time, cause, incidence from cumulative_incidence('given')`,
  );
  const incidence = new Map(incidences.map((row) => [`${row.stratum}|${row.time}|${row.cause}`, row.incidence]));
  return curves.map((intervals, stratum) => {
    const rows = survivals.filter((row) => row.stratum === String(stratum)).sort((a, b) => a.time - b.time);
    const noise = noiseByMonth(intervals);
    const byMonth = rows.map(({ survival, error }, i) => {
      const variance = (survival > 0 ? ((error ?? 0) / survival) ** 2 : 0) + noise[i]!;
      return { survival, variance, limits: logLogLimits(survival, variance) };
    });
    const points = intervals.map((interval): CurvePoint => {
      const { survival, variance, limits } = byMonth[interval.until - 1]!;
      const at = (cause: string) => incidence.get(`${stratum}|${interval.until}|${cause}`) ?? 0;
      const effective = variance > 0 && survival < 1 ? (1 - survival) / (survival * variance) : followed(interval);
      const atRisk = followed(interval);
      return {
        until: interval.until,
        atRisk,
        survival,
        limits,
        left: at('left'),
        registered: at('registered'),
        effective,
      };
    });
    return { points, months: byMonth.map(({ survival, limits }) => ({ survival, limits })) };
  });
}

/** Variance that the protection adds to the logarithm of the curve, up to the end of each month. */
function noiseByMonth(intervals: readonly Interval[]): number[] {
  let sum = 0;
  return intervals.flatMap((interval) => {
    const { exposure, left, registered, exitVariance, exposureVariance } = interval;
    const width = interval.until - interval.from;
    const exits = Math.min(left + registered, exposure);
    const hazard = exits / exposure;
    const whole =
      exits < exposure
        ? (width ** 2 * (2 * exitVariance + hazard ** 2 * exposureVariance)) / (exposure - exits) ** 2
        : 0;
    return Array.from({ length: width }, () => (sum += whole / width));
  });
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
