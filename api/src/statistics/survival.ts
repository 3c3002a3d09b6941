import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { geographies } from '../release/dimension.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Question } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { askedArea } from './asked-area.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { compareCurves } from './curve-test.ts';
import { draftCurves, everyIntervalNeeded, type ElapsedSums } from './elapsed.ts';
import { survivalCurve, type SurvivalCurve } from './survival-curve.ts';
import type { SignificanceTest } from './test-result.ts';

export interface SurvivalGiven extends Given {
  by?: string | null;
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
      ? everyIntervalNeeded('survival')
      : planCells('survival', questionOf(candidate, open), open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  const cost = spend(context, made);
  return curvesOf(open, made, given, askedArea(given, open.catalogue, context.askerOf(open)), cost);
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

const sums: ElapsedSums = {
  people: { at_risk: 1 },
  exposure: { exposure_months: 1 },
  exits: [{ exits_left: 1 }, { exits_registered: 1 }],
};

/** Reads and makes the curves of a plan by `elapsed` and at most one more thing. */
export async function curvesOf(
  open: OpenRelease,
  plan: Plan,
  { by }: SurvivalGiven,
  area: AreaRecord,
  cost: number,
): Promise<Survival> {
  const drafts = await draftCurves(open, plan, sums, by ?? null);
  const kept = drafts.filter(({ intervals }) => intervals.length > 0);
  const curves = await Promise.all(drafts.map((draft) => survivalCurve(open, plan, draft)));
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
