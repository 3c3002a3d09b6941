import { measureById } from '@ahp/sql/registry';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { displayed } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { addUp, readCounts, type Counts } from './counts.ts';
import { flows as definitions } from './definitions.ts';
import { statistic } from './statistic.ts';

export interface FlowsGiven extends Given {
  from?: string | null;
}

export interface FlowCell {
  to: CategoryRecord;
  people: Figure;
  share: Figure;
}

export interface FlowRow {
  from: CategoryRecord;
  start: Figure;
  cells: FlowCell[];
}

/** A stream of a Sankey diagram. */
export interface FlowLink {
  source: string;
  target: string;
  sourceLabel: string;
  targetLabel: string;
  people: Figure;
  share: Figure;
}

export interface FlowYear {
  period: PeriodRecord;
  states: CategoryRecord[];
  rows: FlowRow[];
  links: FlowLink[];
  balance: { start: Figure; accounted: Figure; difference: Figure; withinNoise: boolean; statement: string };
}

export interface Flows {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  years: FlowYear[];
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** Of how many standard deviations of the protection a difference may be. */
const deviations = 3;

/** Where the people in post at the start of each year were at its end, by category at the start. */
export async function flows(given: FlowsGiven, context: Context, info: GraphQLResolveInfo): Promise<Flows | Refusal> {
  const open = await openFor('flows', given, context, info);
  if ('kind' in open) return open;
  const period = (candidate: FlowsGiven) => yearly(candidate.period, 1);
  const planned = (candidate: FlowsGiven) =>
    planCells(
      'flows',
      {
        where: candidate.where,
        by: [candidate.from ?? 'band', destinationOf(candidate.from)],
        period: period(candidate),
      },
      open,
      context,
    );
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  const question = { where: given.where, period: period(given) };
  const rows = planCells('flows', { ...question, by: [given.from ?? 'band'] }, open, context);
  const whole = planCells('flows', { ...question, by: [] }, open, context);
  const ends = planCells('flows', { ...question, by: [destinationOf(given.from)] }, open, context);
  const [rowPlan, wholePlan, endPlan] = [rows, whole, ends].map((one) => (one instanceof Problems ? null : one));
  const cost = spend(context, made, rowPlan!, wholePlan!, endPlan!);
  const share = asked(measureById('transition_share'), {});
  const counts = await readCounts(open, made, { transitions: { transitions: 1 } }, [share]);
  const starts = rowPlan && (await readCounts(open, rowPlan, { start: { headcount_start: 1 } }));
  const total = wholePlan && (await readCounts(open, wholePlan, { start: { headcount_start: 1 } }));
  const accounted = endPlan && (await readCounts(open, endPlan, { transitions: { transitions: 1 } }));
  const from = given.from ?? 'band';
  const to = destinationOf(from);
  return {
    kind: 'table',
    open,
    area: askedArea(given, open.catalogue, context.askerOf(open)),
    years: made.periods.flatMap((year, p) =>
      year.flows
        ? [
            yearOf(
              counts,
              { starts: starts!, total: total!, accounted: accounted ?? counts },
              { from, to },
              share.key,
              p,
            ),
          ]
        : [],
    ),
    warnings: warningsOf(made, [], [], false),
    statement:
      'People in post at the start of the year, by where they were at its end. Everybody is counted once; shares are of those in post at the start.',
    cost,
  };
}

/** Moves from stages are told by stage, all others by band. */
const destinationOf = (from: string | null | undefined) => (from === 'stage' ? 'to_stage' : 'to_state');

function yearOf(
  counts: Counts,
  { starts, total, accounted }: { starts: Counts; total: Counts; accounted: Counts },
  { from, to }: { from: string; to: string },
  shareKey: string,
  p: number,
): FlowYear {
  const { plan } = counts;
  const groups = plan.groups.map(({ categories }, g) => ({ g, from: categories[from]!, to: categories[to]! }));
  const people = (g: number) => counts.figure('transitions', g, p);
  const found = groups.filter(({ g }) => (people(g).value ?? 0) > 0);
  const states = inOrder(
    plan,
    to,
    found.map((one) => one.to),
  );
  const origins = starts.plan.groups.map(({ categories }, g) => ({
    category: categories[from]!,
    start: starts.figure('start', g, p),
  }));
  const rows = origins.flatMap(({ category, start }): FlowRow[] => {
    const cells = groups.filter((group) => group.from.code === category.code && states.includes(group.to));
    const shown = (start.value ?? 0) > 0 || cells.some(({ g }) => (people(g).value ?? 0) > 0);
    if (!shown) return [];
    return [
      {
        from: category,
        start,
        cells: cells.map(({ g, to }) => ({ to, people: people(g), share: counts.figure(shareKey, g, p) })),
      },
    ];
  });
  const links = rows.flatMap((row) =>
    row.cells.flatMap(({ to, people, share }): FlowLink[] =>
      (people.value ?? 0) > 0
        ? [
            {
              source: `from:${row.from.code}`,
              target: `to:${to.code}`,
              sourceLabel: row.from.label,
              targetLabel: to.label,
              people,
              share,
            },
          ]
        : [],
    ),
  );
  return {
    period: plan.periods[p]!,
    states,
    rows,
    links,
    balance: balanceOf(accounted, total, p),
  };
}

/** States in the order of their list, then the ways out of them. */
function inOrder({ catalogue }: Plan, dimension: string, found: readonly CategoryRecord[]): CategoryRecord[] {
  const last = ['apprentice', 'registered', 'inactive', 'left'];
  const rank = ({ code }: CategoryRecord) => last.indexOf(code);
  const all = [...catalogue.categoriesOf(dimension).values()].filter((category) => found.includes(category));
  return all.sort((a, b) => rank(a) - rank(b));
}

/**
 * Everybody in post at the start must be somewhere at the end, but for the protection of the counts. Counted by where they are alone: of the moves from
 * one band to another some are withheld.
 */
function balanceOf(counts: Counts, total: Counts, p: number): FlowYear['balance'] {
  const { audience } = counts.plan.catalogue;
  const all = addUp(counts.plan.groups.map((_, g) => counts.count('transitions', g, p)));
  const before = total.count('start', 0, p);
  const start = total.figure('start', 0, p);
  const noise = { audience, variance: all.variance, cells: all.cells };
  const accounted = statistic(definitions.accounted, { value: all.value, status: all.status, noise });
  const difference = all.value === null || before.value === null ? null : all.value - before.value;
  const variance = all.variance + before.variance;
  const sd = Math.sqrt(variance);
  const withinNoise = difference !== null && Math.abs(difference) <= deviations * sd;
  return {
    start,
    accounted,
    difference: statistic(definitions.difference, {
      value: difference,
      status: all.status,
      noise: { audience, variance, cells: all.cells + before.cells },
    }),
    withinNoise,
    statement:
      difference === null
        ? 'It cannot be said whether everybody is accounted for: a count is withheld.'
        : `${displayed(all.value!, 'people', null)} people are accounted for and ${displayed(before.value!, 'people', null)} were in post at the start: ${withinNoise ? 'within' : 'beyond'} what the protection of the counts explains (standard deviation ${displayed(sd, 'people', null)}).`,
  };
}
