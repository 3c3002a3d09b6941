import type { Subject } from '@ahp/sql/measure';
import type { GraphQLResolveInfo } from 'graphql';
import { unknownRelease, type Context } from './context.ts';
import { limits } from './limits.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { alternativesTo } from './alternatives.ts';
import { documentWith } from './document.ts';
import type { Figure } from './figure.ts';
import { figureOf } from './figures.ts';
import { orderOf } from './order.ts';
import type { Group } from './group.ts';
import { plan, type Plan } from './plan.ts';
import { together } from './places.ts';
import { Problems } from './problems.ts';
import type { Question } from './question.ts';
import { readPlans, type PlanRead } from './reading.ts';
import type { Refusal } from './refusal.ts';
import { askedByOrder, figuresAsked, type Asked } from './selection.ts';
import type { Row, Table } from './table.ts';
import { warningsOf } from './warnings.ts';

/** Answers a question about a subject, or says everything that stands in its way and what can be asked instead. */
export async function answer(
  subject: Subject,
  question: Question,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Table | Refusal> {
  const open = await context.find(question.release);
  if (!open) return refuseRelease(subject, question, context, info);
  const planned = plan(question, subject, open.catalogue, context.asker, limits.cells - context.spent.cells);
  if (planned instanceof Problems) {
    const tried = (candidate: Question) => plan(candidate, subject, open.catalogue, context.asker);
    return context.refuse(planned.list, alternativesTo(question, tried, open.catalogue, info));
  }
  const total = question.totals ? totalPlan(question, subject, open, context, planned) : null;
  context.spent.cells += planned.cost + (total?.cost ?? 0);
  const rowType = `${subject[0]!.toUpperCase()}${subject.slice(1)}Row`;
  const orders = (question.orderBy ?? []).flatMap(({ measure }) => (measure ? [askedByOrder(measure)] : []));
  const figures = [
    ...new Map([...figuresAsked(info, subject, rowType), ...orders].map((figure) => [figure.key, figure])).values(),
  ];
  return tableOf(open, question, planned, total, figures);
}

async function refuseRelease(
  subject: Subject,
  question: Question,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Refusal> {
  const { catalogue } = await context.open(null);
  const planned = (candidate: Question) => plan(candidate, subject, catalogue, context.asker);
  const latest = { ...question, release: null };
  const alternatives =
    planned(latest) instanceof Problems
      ? alternativesTo(latest, planned, catalogue, info)
      : [{ description: 'Use the current release.', query: documentWith(info, latest) }];
  return context.refuse(
    [{ code: 'UNKNOWN_RELEASE', message: unknownRelease, path: [subject, 'release'] }],
    alternatives,
  );
}

/** The plan of the totals: the same question without a split, from cells of its own; null when those are not published. */
function totalPlan(
  question: Question,
  subject: Subject,
  open: OpenRelease,
  context: Context,
  whole: Plan,
): Plan | null {
  const asked: Question = { ...question, by: [], level: null, compare: inTimeOnly(question), orderBy: null };
  const planned = plan(asked, subject, open.catalogue, context.asker, limits.cells - context.spent.cells - whole.cost);
  return planned instanceof Problems ? null : planned;
}

function inTimeOnly({ compare }: Question): Question['compare'] {
  return compare?.previous || compare?.yearAgo ? compare : null;
}

async function tableOf(
  open: OpenRelease,
  question: Question,
  whole: Plan,
  total: Plan | null,
  figures: readonly Asked[],
): Promise<Table> {
  const [read, totalRead] = await readPlans(open, total ? [whole, total] : [whole], figures);
  const all = rowsOf(whole, read!).filter((rows) => rows.length > 0);
  const ordered = orderOf(all, question.orderBy ?? [], whole);
  const shown = ordered.slice(whole.offset, whole.offset + whole.first);
  const beyond = whole.rest ? ordered.slice(whole.offset + whole.first) : [];
  const rest = beyond.length > 0 ? await restRows(open, whole, beyond, figures) : [];
  const totals = total
    ? rowsOf(total, totalRead!)
        .flat()
        .map((row) => ({ ...row, isTotal: true }))
    : [];
  const rows = [...shown.flat(), ...rest, ...totals];
  return {
    kind: 'table',
    open,
    source: whole.source,
    grain: whole.grain,
    level: whole.level,
    rows,
    groupCount: all.length,
    rowCount: all.reduce((sum, { length }) => sum + length, 0),
    warnings: warningsOf(whole, rows, figures, question.totals === true && total === null),
    cost: whole.cost + (total?.cost ?? 0),
  };
}

/** The rows of each group, oldest period first; none for a group of which a publication holds nothing. */
function rowsOf(plan: Plan, read: PlanRead): Row[][] {
  return plan.groups.map((group, g) => {
    const found = plan.periods.some((_, p) => read.lineOf(g, p).found);
    return found || isExpected(plan, group) ? plan.periods.map((_, p) => rowOf(plan, read, g, p)) : [];
  });
}

/** Whether a group is shown even if none of its cells exists: it is a zero of protected cells, of a place that reported. */
function isExpected({ holding, grain, level, periods }: Plan, { place }: Group): boolean {
  if (holding.source === 'published') return false;
  if (level !== 'organisation') return true;
  return place.members.some(({ code }) => periods.some(({ end }) => holding.reported.has(`${grain}|${end}|${code}`)));
}

function rowOf(plan: Plan, { prepared, lineOf }: PlanRead, g: number, p: number): Row {
  const { comparator } = plan;
  const [group, period] = [plan.groups[g]!, plan.periods[p]!];
  const beside = comparator && {
    label: comparator.labels[g]!,
    period: comparator.periods[p] ?? null,
    members: comparator.members[g]!,
  };
  const setting = { plan, group, period, line: lineOf(g, p), beside };
  return {
    isTotal: false,
    isRest: false,
    level: group.place.area.level,
    area: group.place.area,
    period,
    categories: group.categories,
    figures: new Map(prepared.map((one): [string, Figure] => [one.key, figureOf(setting, one)])),
  };
}

/** “All other”: the groups beyond the page, added up cell by cell. */
async function restRows(
  open: OpenRelease,
  whole: Plan,
  beyond: readonly Row[][],
  figures: readonly Asked[],
): Promise<Row[]> {
  const hidden = new Set(beyond.map(([row]) => keyOf(row!)));
  const groups = whole.groups.filter((group) =>
    hidden.has(keyOf({ area: group.place.area, categories: group.categories })),
  );
  const areas = [...new Map(groups.flatMap(({ place }) => place.members.map((area) => [area.code, area]))).values()];
  const members = groups.flatMap((group) => group.members);
  const rest: Plan = {
    ...whole,
    comparator: null,
    groups: [{ place: { area: together(areas), members: areas }, categories: {}, members }],
  };
  const [read] = await readPlans(open, [rest], figures);
  return rowsOf(rest, read!)
    .flat()
    .map((row) => ({ ...row, isRest: true }));
}

function keyOf({ area, categories }: Pick<Row, 'area' | 'categories'>): string {
  return [area.code, ...Object.values(categories).map(({ code }) => code)].join('|');
}
