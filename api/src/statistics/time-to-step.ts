import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { displayed } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { steps } from './definitions.ts';
import { draftCurves, everyIntervalNeeded, type CurveDraft, type ElapsedSums } from './elapsed.ts';
import { incidenceLimits } from './life-table.ts';
import { statistic } from './statistic.ts';
import { reliability } from './survival-curve.ts';

export interface TimeToStepGiven extends Given {
  by?: string | null;
}

export interface StepPoint {
  elapsed: number;
  label: string;
  followed: Figure;
  steppedUp: Figure;
  registered: Figure;
  left: Figure;
  waiting: Figure;
}

/** How fast the people of one place and category move up. */
export interface StepCurve {
  area: AreaRecord;
  category: CategoryRecord | null;
  label: string;
  points: StepPoint[];
  by12: Figure;
  by24: Figure;
  by36: Figure;
  monthsToTenth: Figure;
  stoppedAt: number | null;
  stopReason: string | null;
  statement: string;
}

export interface TimeToStep {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  periods: PeriodRecord[];
  curves: StepCurve[];
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** The ways out of waiting for a first step, in the order of `ways`. */
const sums: ElapsedSums = {
  people: { unstepped: 1 },
  exposure: { unstepped_months: 1 },
  exits: [{ first_steps: 1 }, { unstepped_registered: 1 }, { unstepped_left: 1 }],
};
const ways = { steppedUp: 0, registered: 1, left: 2 } as const;

/** Time from joining to the first move to a higher band, against leaving and registration, from published counts by time since joining. */
export async function timeToStep(
  given: TimeToStepGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<TimeToStep | Refusal> {
  const open = await openFor('timeToStep', given, context, info);
  if ('kind' in open) return open;
  const planned = ({ where, by, period, organisationView }: TimeToStepGiven) =>
    where?.elapsed
      ? everyIntervalNeeded('timeToStep')
      : planCells(
          'timeToStep',
          { where, by: [...(by ? [by] : []), 'elapsed'], period: yearly(period), organisationView },
          open,
          context,
        );
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  const cost = spend(context, made);
  const periods = made.periods.filter(({ flows }) => flows);
  return {
    kind: 'table',
    open,
    area: askedArea(given, open.catalogue, context.askerOf(open)),
    periods,
    curves: await stepCurves(open, made, given.by ?? null),
    warnings: warningsOf({ ...made, periods }, [], [], false),
    statement:
      'Of those who joined and were seen since, who had moved to a higher band in the organisation by when, who had become registered or left before that, and who was still waiting: at every moment the four add up to 100 %.',
    cost,
  };
}

/** The curves of a plan by `elapsed` and at most one more thing. */
export async function stepCurves(open: OpenRelease, plan: Plan, by: string | null): Promise<StepCurve[]> {
  const drafts = await draftCurves(open, plan, sums, by);
  return Promise.all(drafts.map((draft) => curveOf(open, plan, draft)));
}

async function curveOf(
  open: OpenRelease,
  { catalogue }: Plan,
  { intervals, curve, stoppedAt, stopReason, area, category, label }: CurveDraft,
): Promise<StepCurve> {
  const drawn = curve?.points ?? [];
  const limits = await incidenceLimits(open, drawn);
  const points = drawn.map((point, i): StepPoint => {
    const { from, until, exposureVariance } = intervals[i]!;
    const status = reliability(point.effective);
    const share = (way: keyof typeof ways) =>
      statistic(steps[way], {
        value: point.incidences[ways[way]]!,
        ...limits[i]![ways[way]]!,
        base: point.effective,
        method: 'Wilson, effective number of people',
        status,
      });
    return {
      elapsed: until,
      label: `${from} to ${until} months`,
      followed: statistic(steps.followed, {
        value: Math.round(point.atRisk),
        noise: { audience: catalogue.audience, variance: exposureVariance / (until - from) ** 2, cells: 1 },
      }),
      steppedUp: share('steppedUp'),
      registered: share('registered'),
      left: share('left'),
      waiting: statistic(steps.waiting, {
        value: point.survival,
        lower: point.limits?.[0],
        upper: point.limits?.[1],
        base: point.effective,
        method: 'log-log, Greenwood’s variance and that of the protection',
        status,
      }),
    };
  });
  const by = (month: number) =>
    points.find(({ elapsed }) => elapsed === month)?.steppedUp ??
    statistic(steps.steppedUp, { value: null, status: 'CONFIDENTIAL' });
  const tenth = curve?.months.findIndex(({ incidences }) => incidences[ways.steppedUp]! >= 0.1) ?? -1;
  const by24 = by(24);
  return {
    area,
    category,
    label,
    points,
    by12: by(12),
    by24,
    by36: by(36),
    monthsToTenth: statistic(steps.tenth, {
      value: tenth < 0 ? null : tenth + 1,
      display:
        tenth >= 0
          ? displayed(tenth + 1, 'people', null)
          : points.length > 0
            ? `more than ${points.at(-1)!.elapsed}`
            : undefined,
      status: points.length > 0 ? 'NOT_APPLICABLE' : 'CONFIDENTIAL',
    }),
    stoppedAt,
    stopReason,
    statement:
      by24.value === null
        ? `${label}: too few people to follow for two years${stopReason === null ? '' : `; ${stopReason}`}.`
        : `${label}: two years after joining ${by24.display} have moved up a band and ${points.find(({ elapsed }) => elapsed === 24)!.left.display} have left before they did.`,
  };
}
