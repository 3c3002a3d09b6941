import type { AreaRecord, CategoryRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { displayed } from '../query/words.ts';
import { retention } from './definitions.ts';
import type { CurveDraft } from './elapsed.ts';
import { incidenceLimits, medianMonth } from './life-table.ts';
import { statistic } from './statistic.ts';

export interface SurvivalPoint {
  elapsed: number;
  label: string;
  atRisk: Figure;
  survival: Figure;
  leftIncidence: Figure;
  registeredIncidence: Figure;
}

/** A retention curve of one place and category. */
export interface SurvivalCurve {
  area: AreaRecord;
  category: CategoryRecord | null;
  label: string;
  points: SurvivalPoint[];
  at12: Figure;
  at24: Figure;
  at36: Figure;
  medianMonths: Figure;
  earlyLeavers: Figure;
  stoppedAt: number | null;
  stopReason: string | null;
  statement: string;
}

/** Puts a curve into figures, with limits on who has gone each way. */
export async function survivalCurve(
  open: OpenRelease,
  { catalogue }: Plan,
  { intervals, curve, stoppedAt, stopReason, ...named }: CurveDraft,
): Promise<SurvivalCurve> {
  const points = curve?.points ?? [];
  const limits = await incidenceLimits(open, points);
  const { audience } = catalogue;
  const made = points.map((point, i): SurvivalPoint => {
    const { from, until } = intervals[i]!;
    const share = (measure: (typeof retention)['left'], way: number) =>
      statistic(measure, {
        value: point.incidences[way]!,
        ...limits[i]![way]!,
        base: point.effective,
        method: 'Wilson, effective number of people',
        status: reliability(point.effective),
      });
    return {
      elapsed: until,
      label: `${from} to ${until} months`,
      atRisk: statistic(retention.atRisk, {
        value: Math.round(point.atRisk),
        noise: { audience, variance: intervals[i]!.exposureVariance / (until - from) ** 2, cells: 1 },
      }),
      survival: statistic(retention.survival, {
        value: point.survival,
        lower: point.limits?.[0],
        upper: point.limits?.[1],
        base: point.effective,
        method: 'log-log, Greenwood’s variance and that of the protection',
        status: reliability(point.effective),
      }),
      leftIncidence: share(retention.left, 0),
      registeredIncidence: share(retention.registered, 1),
    };
  });
  const at = (month: number, key: 'survival' | 'leftIncidence') =>
    made.find(({ elapsed }) => elapsed === month)?.[key] ??
    statistic(retention[key === 'survival' ? 'survival' : 'left'], { value: null, status: 'CONFIDENTIAL' });
  const median = curve && medianMonth(curve);
  const [at12, at24, at36] = [at(12, 'survival'), at(24, 'survival'), at(36, 'survival')];
  return {
    ...named,
    points: made,
    at12,
    at24,
    at36,
    medianMonths: statistic(retention.median, {
      value: median?.value ?? null,
      lower: median?.lower,
      upper: median?.upper,
      method: 'where the limits of the curve are at one half',
      display: median
        ? displayed(median.value, 'people', null)
        : points.length > 0
          ? `more than ${points.at(-1)!.until}`
          : '[c]',
      status: points.length > 0 ? 'NOT_APPLICABLE' : 'CONFIDENTIAL',
    }),
    earlyLeavers: at(12, 'leftIncidence'),
    stoppedAt,
    stopReason,
    statement: sentence(named.label, at12, stoppedAt, stopReason),
  };
}

/** Of fewer effective people, a share says little. */
export const reliability = (effective: number) => (effective < 20 ? ('LOW_RELIABILITY' as const) : ('OK' as const));

function sentence(label: string, at12: Figure, stoppedAt: number | null, stopReason: string | null): string {
  const kept =
    at12.value === null
      ? `${label}: too few people to follow for twelve months`
      : `${label}: ${displayed(at12.value, 'percent', 0)} of those who join are still there after twelve months${at12.status === 'LOW_RELIABILITY' ? ' (few people: of low reliability)' : ''}`;
  return `${kept}${stoppedAt === null ? '' : `; ${stoppedAt === 0 ? 'there is no curve' : `the curve stops at ${stoppedAt} months`} because ${stopReason}`}.`;
}
