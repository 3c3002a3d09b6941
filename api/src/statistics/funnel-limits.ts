import { sql, type RawBuilder } from 'kysely';
import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import { callMacros } from './macro-call.ts';

export const funnelPositions = {
  WITHIN: 'Within the 95 % limits.',
  ABOVE_95: 'Above the 95 % limits.',
  BELOW_95: 'Below the 95 % limits.',
  ABOVE_998: 'Above the 99.8 % limits.',
  BELOW_998: 'Below the 99.8 % limits.',
} as const;
export type FunnelPosition = keyof typeof funnelPositions;

export interface FunnelLimits {
  base: number;
  lower95: number;
  upper95: number;
  lower998: number;
  upper998: number;
  overdispersedLower95: number;
  overdispersedUpper95: number;
  overdispersedLower998: number;
  overdispersedUpper998: number;
}

/** Fewer organisations do not tell how much organisations usually differ. */
export const fewest = 10;
/** One organisation against the limits at its size; shares of people. */
export interface FunnelRow {
  i: number;
  proportion: number;
  p0: number;
  variance: number;
  phi: number | null;
  tau2: number | null;
  lower_95: number;
  upper_95: number;
  lower_998: number;
  upper_998: number;
  overdispersed_lower_95: number;
  overdispersed_upper_95: number;
  overdispersed_lower_998: number;
  overdispersed_upper_998: number;
}

/** Where the pooled proportion gives fewer events than this, a protected count says little of how much organisations differ. */
const fewestEvents = 10;

/**
 * Every organisation against the limits at its size. How much organisations usually differ is told by those with at least ten events
 * expected: near 0 the arcsine scale takes the protection of a count for a difference. For the same reason limits that allow for usual
 * spread are never narrower than those of chance alone.
 */
export async function limitsOf(
  open: OpenRelease,
  shown: readonly { figure: Figure }[],
  v: number,
): Promise<FunnelRow[]> {
  const noise = sql.lit(v);
  const z = sql.lit(3.090232306167813);
  const limit = (side: 'lower' | 'upper', level: RawBuilder<unknown>) => {
    const widest = sql.raw(side === 'lower' ? 'least' : 'greatest');
    const macro = (name: string) => sql.raw(`${name}_${side}`);
    return sql`${widest}(${macro('funnel')}(p0, n, ${noise}, ${level}), ${macro('funnel_overdispersed')}(p0, n, coalesce(tau2, 0), ${noise}, ${level}))`;
  };
  const z95 = sql.lit(1.959963984540054);
  return callMacros<FunnelRow>(
    open,
    {
      organisation: shown.map((_, i) => i),
      x: shown.map(({ figure }) => figure.numerator!),
      n: shown.map(({ figure }) => figure.denominator!),
    },
    sql`, pooled as (select sum(least(x, n)) / sum(n) as p0, count(*) as organisations from given),
      large as (select given.* from given, pooled where n * least(p0, 1 - p0) >= ${sql.lit(fewestEvents)}),
      basis as (select * from large where (select count(*) from large) >= ${sql.lit(fewest)} union all
        select * from given where (select count(*) from large) < ${sql.lit(fewest)}),
      spread as (select any_value(phi) as phi, any_value(tau2) as tau2 from funnel('basis', v := ${noise}))
      select organisation as i, least(x, n) / n as proportion, p0, phi, tau2, funnel_variance(p0, n, ${noise}) as variance,
        funnel_lower(p0, n, ${noise}) as lower_95, funnel_upper(p0, n, ${noise}) as upper_95,
        funnel_lower(p0, n, ${noise}, ${z}) as lower_998, funnel_upper(p0, n, ${noise}, ${z}) as upper_998,
        ${limit('lower', z95)} as overdispersed_lower_95, ${limit('upper', z95)} as overdispersed_upper_95,
        ${limit('lower', z)} as overdispersed_lower_998, ${limit('upper', z)} as overdispersed_upper_998
      from given, pooled, spread order by n, organisation`,
  );
}

/** Standard errors from the pooled proportion: the smaller of those on the arcsine scale and on its own. */
export function scoreOf({ proportion, p0, variance, tau2 }: FunnelRow): number {
  const angle = (p: number) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, p))));
  const slope = 4 * p0 * (1 - p0);
  const onAngle = Math.abs(angle(proportion) - angle(p0)) / Math.sqrt(variance / slope + (tau2 ?? 0));
  const plain = Math.abs(proportion - p0) / Math.sqrt(variance + (tau2 ?? 0) * slope);
  return Math.min(onAngle, plain);
}

/** Where a share lies against its limits. */
export function positionOf(
  value: number,
  lower95: number,
  upper95: number,
  lower998: number,
  upper998: number,
): FunnelPosition {
  if (value > upper998) return 'ABOVE_998';
  if (value < lower998) return 'BELOW_998';
  if (value > upper95) return 'ABOVE_95';
  return value < lower95 ? 'BELOW_95' : 'WITHIN';
}

/** Limits at forty bases from the smallest to the largest organisation. */
export async function curveOf(
  open: OpenRelease,
  { p0, tau2 }: FunnelRow,
  shown: readonly { figure: Figure }[],
  v: number,
  unit: number,
): Promise<FunnelLimits[]> {
  const bases = shown.map(({ figure }) => figure.denominator!);
  const [least, most] = [Math.min(...bases), Math.max(...bases)];
  const n = Array.from({ length: 40 }, (_, i) => least * (most / least) ** (i / 39));
  const [p, t, noise, z] = [sql.lit(p0), sql.lit(tau2 ?? 0), sql.lit(v), sql.lit(3.090232306167813)];
  const rows = await callMacros<FunnelLimits>(
    open,
    { n },
    sql`select n as base, funnel_lower(${p}, n, ${noise}) as "lower95", funnel_upper(${p}, n, ${noise}) as "upper95",
      funnel_lower(${p}, n, ${noise}, ${z}) as "lower998", funnel_upper(${p}, n, ${noise}, ${z}) as "upper998",
      funnel_overdispersed_lower(${p}, n, ${t}, ${noise}) as "overdispersedLower95", funnel_overdispersed_upper(${p}, n, ${t}, ${noise}) as "overdispersedUpper95",
      funnel_overdispersed_lower(${p}, n, ${t}, ${noise}, ${z}) as "overdispersedLower998", funnel_overdispersed_upper(${p}, n, ${t}, ${noise}, ${z}) as "overdispersedUpper998"
      from given order by n`,
  );
  return rows.map((row) => ({
    base: row.base,
    lower95: row.lower95 * unit,
    upper95: row.upper95 * unit,
    lower998: row.lower998 * unit,
    upper998: row.upper998 * unit,
    overdispersedLower95: Math.min(row.lower95, row.overdispersedLower95) * unit,
    overdispersedUpper95: Math.max(row.upper95, row.overdispersedUpper95) * unit,
    overdispersedLower998: Math.min(row.lower998, row.overdispersedLower998) * unit,
    overdispersedUpper998: Math.max(row.upper998, row.overdispersedUpper998) * unit,
  }));
}
