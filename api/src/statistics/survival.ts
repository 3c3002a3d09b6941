import { logRankTest } from '@ahp/sql/statistics/logrank';
import type { GraphQLResolveInfo } from 'graphql';
import { sql } from 'kysely';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../catalogue.ts';
import type { Context } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';
import type { Figure } from '../query/figure.ts';
import { geographies } from '../query/dimension.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Question } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { displayed } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { openFor, planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { addUp, readCounts, type Counts } from './counts.ts';
import { retention } from './definitions.ts';
import { followed, lifeTables, medianMonth, type Curve, type Interval } from './life-table.ts';
import { callMacros } from './macro-call.ts';
import { statistic } from './statistic.ts';
import type { SignificanceTest } from './test-result.ts';

export interface SurvivalGiven extends Given {
  by?: string | null;
}

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

export interface Survival {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  periods: PeriodRecord[];
  curves: SurvivalCurve[];
  test: SignificanceTest | null;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** The curve stops before the first interval with fewer people at risk, published. */
const fewestAtRisk = 10;

/** Retention curves by life table, from published counts by time since joining. */
export async function survival(
  given: SurvivalGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Survival | Refusal> {
  const open = await openFor('survival', given, context, info);
  if ('kind' in open) return open;
  const planned = (candidate: SurvivalGiven) =>
    candidate.where?.elapsed
      ? everyIntervalNeeded()
      : planCells('survival', questionOf(candidate, open), open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  const cost = spend(context, made);
  return curvesOf(open, made, given, askedArea(given.where, open.catalogue, context.asker), cost);
}

function everyIntervalNeeded(): Problems {
  const problems = new Problems('survival');
  problems.add(
    'NOT_PUBLISHED',
    'A curve needs every interval since joining, so it cannot be filtered by elapsed.',
    'where',
    'elapsed',
  );
  return problems;
}

/** The question about cells: people at risk, exposure and exits by time since joining, by year. */
export function questionOf(
  { where, by, period, organisationView }: SurvivalGiven,
  { catalogue }: OpenRelease,
): Question {
  const asked = yearly(period);
  const question: Question = { where, by: [...(by ? [by] : []), 'elapsed'], period: asked, organisationView };
  if (by !== 'cohort' || where?.cohort) return question;
  const ends = catalogue.source('extracts').periods.filter(({ grain, flows }) => grain === 'year' && flows);
  const [first, last] = [Number(ends[0]?.end.slice(0, 4)), Number(ends.at(-1)?.end.slice(0, 4))];
  const within = [...catalogue.categoriesOf('cohort').keys()].filter((code) => {
    const year = Number(code.slice(-4));
    return year >= first - 5 && year <= last;
  });
  return within.length > 0 ? { ...question, where: { ...where, cohort: within } } : question;
}

const sums = {
  at_risk: { at_risk: 1 },
  exposure: { exposure_months: 1 },
  left: { exits_left: 1 },
  registered: { exits_registered: 1 },
} as const;

/** Reads and makes the curves of a plan by `elapsed` and at most one more thing. */
export async function curvesOf(
  open: OpenRelease,
  plan: Plan,
  { by }: SurvivalGiven,
  area: AreaRecord,
  cost: number,
): Promise<Survival> {
  const counts = await readCounts(open, plan, sums);
  const keyOf = (g: number) =>
    `${plan.groups[g]!.place.area.code}|${by ? (plan.groups[g]!.categories[by]?.code ?? '') : ''}`;
  const indices = plan.groups.map((_, g) => g);
  const drafts = [...Map.groupBy(indices, keyOf).values()].map((groups) => draftOf(counts, groups));
  const kept = drafts.filter(({ intervals }) => intervals.length > 0);
  const tables = await lifeTables(
    open,
    kept.map(({ intervals }) => intervals),
  );
  const curves = await Promise.all(
    drafts.map((draft) => {
      const group = plan.groups[draft.group]!;
      const category = (by && group.categories[by]) || null;
      const label = category?.label ?? group.place.area.label;
      const index = kept.indexOf(draft);
      return curveOf(open, plan, draft, index < 0 ? null : tables[index]!, { area: group.place.area, category, label });
    }),
  );
  const shown = by && !geographies.includes(by as never) ? curves.filter(({ points }) => points.length > 0) : curves;
  const periods = plan.periods.filter(({ flows }) => flows);
  return {
    kind: 'table',
    open,
    area,
    periods: [...periods],
    curves: shown,
    test: kept.length > 1 ? await compareCurves(open, kept) : null,
    warnings: warningsOf({ ...plan, periods }, [], [], false),
    statement:
      'Worked out from published counts by time since joining, all years asked for taken together. A curve stops where fewer than 10 people are at risk.',
    cost,
  };
}

interface Draft {
  /** A group of the plan that the curve is made of. */
  group: number;
  intervals: Interval[];
  stoppedAt: number | null;
  stopReason: string | null;
}

/** The intervals of one curve up to where it stops. */
function draftOf({ plan, count }: Counts, groups: readonly number[]): Draft {
  const startOf = (g: number) => Number(plan.groups[g]!.categories.elapsed!.code.slice(-2));
  const ordered = [...groups].sort((a, b) => startOf(a) - startOf(b));
  const years = plan.periods.flatMap(({ flows }, p) => (flows ? [p] : []));
  const intervals: Interval[] = [];
  const stopped = (from: number, stopReason: string): Draft => ({
    group: ordered[0]!,
    intervals,
    stoppedAt: from,
    stopReason,
  });
  for (const [i, g] of ordered.entries()) {
    const from = startOf(g);
    const until = i + 1 < ordered.length ? startOf(ordered[i + 1]!) : lastMonth;
    const total = (key: keyof typeof sums) =>
      addUp(
        years.map((p) => count(key, g, p)),
        true,
      );
    const [people, exposure, left, registered] = [
      total('at_risk'),
      total('exposure'),
      total('left'),
      total('registered'),
    ];
    if ([people, exposure, left, registered].some(({ value }) => value === null))
      return stopped(from, 'the counts that follow are withheld or not available');
    const interval: Interval = {
      from,
      until,
      exposure: exposure.value!,
      left: left.value!,
      registered: registered.value!,
      exitVariance: left.variance,
      exposureVariance: exposure.variance,
    };
    if (Math.min(followed(interval), people.value!) < fewestAtRisk)
      return stopped(from, `fewer than ${fewestAtRisk} people were followed beyond`);
    intervals.push(interval);
  }
  return { group: ordered[0]!, intervals, stoppedAt: null, stopReason: null };
}

/** Nobody is followed beyond this month. */
const lastMonth = 60;

async function curveOf(
  open: OpenRelease,
  { catalogue }: Plan,
  { intervals, stoppedAt, stopReason }: Draft,
  curve: Curve | null,
  named: Pick<SurvivalCurve, 'area' | 'category' | 'label'>,
): Promise<SurvivalCurve> {
  const points = curve?.points ?? [];
  const wilson = await callMacros<{ lower: number; upper: number }>(
    open,
    {
      i: points.flatMap((_, i) => [2 * i, 2 * i + 1]),
      share: points.flatMap(({ left, registered }) => [left, registered]),
      n: points.flatMap(({ effective }) => [effective, effective]),
    },
    sql`select wilson_lower(share * n, n) as lower, wilson_upper(share * n, n) as upper from given order by i`,
  );
  const { audience } = catalogue;
  const made = points.map((point, i): SurvivalPoint => {
    const { from, until } = intervals[i]!;
    const share = (measure: (typeof retention)['left'], value: number, limits: { lower: number; upper: number }) =>
      statistic(measure, {
        value,
        ...limits,
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
      leftIncidence: share(retention.left, point.left, wilson[2 * i]!),
      registeredIncidence: share(retention.registered, point.registered, wilson[2 * i + 1]!),
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

const reliability = (effective: number) => (effective < 20 ? ('LOW_RELIABILITY' as const) : ('OK' as const));

function sentence(label: string, at12: Figure, stoppedAt: number | null, stopReason: string | null): string {
  const kept =
    at12.value === null
      ? `${label}: too few people to follow for twelve months`
      : `${label}: ${displayed(at12.value, 'percent', 0)} of those who join are still there after twelve months`;
  return `${kept}${stoppedAt === null ? '' : `; the curve stops at ${stoppedAt} months because ${stopReason}`}.`;
}

/** Log-rank test that published curves are alike. It does not know of the protection of the counts, and is descriptive. */
async function compareCurves(open: OpenRelease, drafts: readonly Draft[]): Promise<SignificanceTest | null> {
  const rows = drafts.flatMap(({ intervals }, stratum) =>
    intervals.map((interval) => ({ stratum: String(stratum), interval })),
  );
  const found = await callMacros<{ observed: number; expected: number; covariance: number[] }>(
    open,
    {
      stratum: rows.map(({ stratum }) => stratum),
      time: rows.map(({ interval }) => interval.until),
      at_risk: rows.map(({ interval }) => followed(interval)),
      events: rows.map(({ interval }) => Math.min(interval.left + interval.registered, followed(interval))),
    },
    sql`select observed, expected, covariance from logrank('given')`,
  );
  const test = logRankTest(
    found.map(({ observed }) => observed),
    found.map(({ expected }) => expected),
    found.map(({ covariance }) => covariance),
  );
  if (!test) return null;
  const p = test.p < 0.001 ? 'p < 0.001' : `p = ${test.p.toFixed(3)}`;
  return {
    name: 'Log-rank test',
    statistic: test.chiSquare,
    df: test.df,
    pValue: test.p,
    display: `χ² = ${test.chiSquare.toFixed(1)} on ${test.df} degrees of freedom, ${p}`,
    statement: `Descriptive: the curves ${test.p < 0.05 ? 'differ more than chance alone would make them' : 'differ no more than chance alone could make them'} (${p}). The test leaves out the protection of the counts.`,
  };
}
