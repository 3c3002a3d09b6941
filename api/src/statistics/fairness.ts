import type { Measure } from '@ahp/sql/measure';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { dimensionById } from '../release/dimension.ts';
import type { Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Question } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { lowerFirst } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import type { FairnessRow, FairnessVerdict } from './fairness-row.ts';
import { compareGroups, type GroupsAsked } from './group-comparison.ts';
import type { ComparedGroup } from './groups.ts';
import { dissimilarityOf, ladderOf, type Dissimilarity, type LadderStep } from './ladder.ts';
import type { Outcome } from './outcomes.ts';

export type FairnessGiven = Given & GroupsAsked;

export interface Fairness {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  periods: PeriodRecord[];
  outcome: Measure;
  characteristic: string;
  label: string;
  reference: CategoryRecord;
  direction: string;
  rows: FairnessRow[];
  overall: Figure;
  disclosure: Figure;
  ladder: LadderStep[];
  dissimilarity: Dissimilarity;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** Groups of people by an outcome, each against the reference group, years taken together. */
export async function fairness(
  given: FairnessGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Fairness | Refusal> {
  const open = await openFor('fairness', given, context, info);
  if ('kind' in open) return open;
  const planned = (candidate: FairnessGiven) => planFairness(candidate, open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  return fairnessOf(open, made, given, context);
}

export function planFairness(given: FairnessGiven, open: OpenRelease, context: Context): Plan | Problems {
  const characteristic = given.characteristic ?? 'ethnic_group';
  const { where, organisationView } = given;
  const question: Question = { where, by: [characteristic], period: yearly(given.period), organisationView };
  const made = planCells('fairness', question, open, context);
  if (made instanceof Problems) return made;
  const problems = new Problems('fairness');
  const { label, field } = dimensionById.get(characteristic)!;
  const codes = [...open.catalogue.categoriesOf(characteristic).keys()].filter((code) => code !== 'unknown');
  if (given.where?.[field])
    problems.add(
      'NOTHING_SELECTED',
      `Groups of ${lowerFirst(label)} are compared with each other, so it cannot be a filter.`,
      'where',
      field,
    );
  if (given.reference && !codes.includes(given.reference))
    problems.add('UNKNOWN_CATEGORY', `The reference must be one of ${codes.join(', ')}.`, 'reference');
  return problems.any ? problems : made;
}

/** Makes the whole answer from its plan. */
export async function fairnessOf(
  open: OpenRelease,
  plan: Plan,
  given: FairnessGiven,
  context: Context,
): Promise<Fairness> {
  const spent = spend(context, plan);
  const compared = await compareGroups(open, plan, given);
  const { outcome, characteristic, reference, rows, overall, disclosure, tooFew, years } = compared;
  const ladder = await ladderOf(open, plan, given.where, compared, context);
  const { label } = dimensionById.get(characteristic)!;
  return {
    kind: 'table',
    open,
    area: askedArea(given, open.catalogue, context.askerOf(open)),
    periods: years,
    outcome: outcome.measure,
    characteristic,
    label,
    reference: reference.category,
    direction: directionOf(outcome, reference),
    rows,
    overall,
    disclosure,
    ladder: ladder.steps,
    dissimilarity: await dissimilarityOf(open, ladder, compared),
    warnings: [
      ...warningsOf({ ...plan, periods: years }, [], [], false),
      ...(tooFew ? [{ code: 'LOW_DISCLOSURE' as const, message: `No group is compared: ${tooFew}.` }] : []),
    ],
    statement: tooFew
      ? `${outcome.measure.title} by ${lowerFirst(label)}: not compared, because ${tooFew}.`
      : summary(rows, outcome, label),
    cost: spent + ladder.cost,
  };
}

function directionOf({ worse, measure }: Outcome, { category }: ComparedGroup): string {
  const title = lowerFirst(measure.title);
  return worse === 'higher'
    ? `Rate of the group ÷ rate of ${lowerFirst(category.label)}: above 1, the named group is worse off, for a high ${title} is bad.`
    : `Rate of ${lowerFirst(category.label)} ÷ rate of the group: above 1, the named group is worse off, for a low ${title} is bad.`;
}

function summary(rows: readonly FairnessRow[], { measure }: Outcome, label: string): string {
  const named = (verdict: FairnessVerdict) =>
    rows.filter((row) => row.verdict === verdict && !row.isUnion).map(({ group }) => group.label);
  const worse = named('WORSE_OFF');
  const better = named('BETTER_OFF');
  if (worse.length + better.length === 0)
    return `${measure.title} by ${lowerFirst(label)}: no clear difference between the groups.`;
  return [
    `${measure.title} by ${lowerFirst(label)}:`,
    ...(worse.length > 0 ? [`worse off: ${worse.join(', ')}.`] : []),
    ...(better.length > 0 ? [`better off: ${better.join(', ')}.`] : []),
  ].join(' ');
}
