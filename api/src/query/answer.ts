import type { Subject } from '@ahp/sql/measure';
import type { GraphQLResolveInfo } from 'graphql';
import { unknownRelease, type Context } from './context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { alternativesTo } from './probed.ts';
import { sentenceOf } from './alternatives.ts';
import { documentWith } from './document.ts';
import { withoutAnyFigure } from './no-figure.ts';
import { orderOf } from './order.ts';
import { plan, type Plan } from './plan.ts';
import { together } from './places.ts';
import { Problems } from './problems.ts';
import { byMeasure, type Question } from './question.ts';
import { readPlans } from './reading.ts';
import { untried, type Refusal } from './refusal.ts';
import { rowsOf } from './rows.ts';
import { scopeOf } from './scope.ts';
import { askedByOrder, figuresAsked, type Asked } from './selection.ts';
import { withOwnRows } from './own-rows.ts';
import type { Row, Table } from './table.ts';
import { warningsOf } from './warnings.ts';

/** Answers a question about a subject, or says everything that stands in its way and what can be asked instead. */
export async function answer(
  subject: Subject,
  asked: Question,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Table | Refusal> {
  const question = context.extents.whole && !saysHowMany(info) ? { ...asked, first: context.extents.first } : asked;
  const own = await context.find(question.release);
  if (!own) return refuseRelease(subject, question, context, info);
  const openFor = (candidate: Question) =>
    scopeOf(context.asker, candidate).audience === own.catalogue.audience.id ? own : own.others;
  const tried = (candidate: Question, spent = 0) => planFor(candidate, subject, openFor(candidate), context, spent);
  const open = openFor(question);
  const figures = figuresOf(question, subject, info);
  const made = tried(question, context.spent.cells);
  const planned = made instanceof Problems ? made : (withoutAnyFigure(made, figures, subject) ?? made);
  if (planned instanceof Problems) {
    context.spent.refusedCells += made instanceof Problems ? made.cells : made.cost;
    return context.refuse(planned.list, await alternativesTo(question, tried, openFor, figures, info));
  }
  const total = question.totals ? totalPlan(question, subject, open, context, planned) : null;
  context.spent.cells += planned.cost + (total?.cost ?? 0);
  const mixed = (rows: Row[][]) =>
    open === own ? Promise.resolve(rows) : withOwnRows(rows, planned, { subject, question, figures }, own, context);
  const table = await tableOf(open, question, planned, total, figures, mixed);
  context.tables.push({ name: String(info.path.key), subject, question, figures: selectedOf(subject, info), table });
  return table;
}

const saysHowMany = ({ fieldNodes }: GraphQLResolveInfo) =>
  fieldNodes.some((node) => node.arguments?.some(({ name }) => name.value === 'first'));

const selectedOf = (subject: Subject, info: GraphQLResolveInfo) =>
  figuresAsked(info, subject, `${subject[0]!.toUpperCase()}${subject.slice(1)}Row`);

/** The figures that a question selects or orders by, each once. */
function figuresOf({ orderBy }: Question, subject: Subject, info: GraphQLResolveInfo): Asked[] {
  const orders = (orderBy ?? []).filter(byMeasure).map(askedByOrder);
  const all = [...selectedOf(subject, info), ...orders];
  return [...new Map(all.map((figure) => [figure.key, figure])).values()];
}

const planFor = (
  question: Question,
  subject: Subject,
  open: OpenRelease,
  context: Context,
  spent = context.spent.cells,
): Plan | Problems =>
  plan(
    question,
    subject,
    open.catalogue,
    context.askerOf(open),
    context.extents.cells - spent,
    open.others.catalogue,
    context.extents,
  );

async function refuseRelease(
  subject: Subject,
  question: Question,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Refusal> {
  const open = await context.open(null);
  const planned = (candidate: Question) => planFor(candidate, subject, open, context, 0);
  const latest = { ...question, release: null };
  const changes = ['use the current release'];
  const alternatives =
    planned(latest) instanceof Problems
      ? await alternativesTo(latest, planned, () => open, figuresOf(question, subject, info), info)
      : [{ ...untried, changes, description: sentenceOf(changes), query: documentWith(info, latest) }];
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
  const planned = planFor(asked, subject, open, context, context.spent.cells + whole.cost);
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
  mixed: (rows: Row[][]) => Promise<Row[][]>,
): Promise<Table> {
  const [read, totalRead] = await readPlans(open, total ? [whole, total] : [whole], figures);
  const all = await mixed(rowsOf(whole, read!).filter((rows) => rows.length > 0));
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
