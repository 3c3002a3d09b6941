import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure } from '@ahp/sql/measure';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../catalogue.ts';
import type { Context } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';
import { dimensionById } from '../query/dimension.ts';
import type { CellStatus, Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Question } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { displayed, displayedDifference } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { openFor, planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { contrasts, type Contrast, type Share } from './compare-groups.ts';
import { addUp, readCounts, type Count, type Counts } from './counts.ts';
import { fairness as definitions } from './definitions.ts';
import { groupsOf, usualReference, type ComparedGroup } from './groups.ts';
import { dissimilarityOf, ladderOf, type Dissimilarity, type LadderStep } from './ladder.ts';
import { outcomes, type Outcome } from './outcomes.ts';
import { statistic } from './statistic.ts';

export interface FairnessGiven extends Given {
  outcome?: string | null;
  characteristic?: string | null;
  reference?: string | null;
}

export const fairnessVerdicts = {
  WORSE_OFF: 'Worse off than the reference group: the ratio is above 1.25 and its interval above 1.',
  BETTER_OFF: 'Better off than the reference group: the ratio is below 0.80 and its interval below 1.',
  NO_CLEAR_DIFFERENCE: 'No clear difference: the ratio is inside 0.80 to 1.25, or its interval includes 1.',
  REFERENCE: 'The group that the others are compared with.',
  NOT_COMPARABLE: 'Not compared: not recorded, or not shown.',
} as const;
export type FairnessVerdict = keyof typeof fairnessVerdicts;

export interface FairnessRow {
  group: CategoryRecord;
  isReference: boolean;
  isUnion: boolean;
  isUnknown: boolean;
  people: Figure;
  representation: Figure;
  rate: Figure;
  relativeLikelihood: Figure;
  gap: Figure;
  fourFifths: 'BELOW' | 'WITHIN' | 'ABOVE' | null;
  flagged: boolean;
  verdict: FairnessVerdict;
  statement: string;
}

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
  const question: Question = { where: given.where, by: [characteristic], period: yearly(given.period) };
  const made = planCells('fairness', question, open, context);
  if (made instanceof Problems) return made;
  const problems = new Problems('fairness');
  const { label, field } = dimensionById.get(characteristic)!;
  const codes = [...open.catalogue.categoriesOf(characteristic).keys()].filter((code) => code !== 'unknown');
  if (given.where?.[field])
    problems.add(
      'NOTHING_SELECTED',
      `Groups of ${label.toLowerCase()} are compared with each other, so it cannot be a filter.`,
      'where',
      field,
    );
  if (given.reference && !codes.includes(given.reference))
    problems.add('UNKNOWN_CATEGORY', `The reference must be one of ${codes.join(', ')}.`, 'reference');
  return problems.any ? problems : made;
}

/** The groups of a plan against the reference group. */
export interface GroupComparison {
  outcome: Outcome;
  characteristic: string;
  groups: ComparedGroup[];
  reference: ComparedGroup;
  rows: FairnessRow[];
  overall: Figure;
  disclosure: Figure;
  years: PeriodRecord[];
}

/** Reads the groups of a plan and sets each against the reference group. */
export async function compareGroups(open: OpenRelease, plan: Plan, given: FairnessGiven): Promise<GroupComparison> {
  const characteristic = given.characteristic ?? 'ethnic_group';
  const outcome = outcomes.get(given.outcome ?? 'band_up_rate')!;
  const groups = groupsOf(characteristic, open.catalogue.categoriesOf(characteristic).values());
  const sums = { events: outcome.events, people: outcome.people, headcount: { headcount: 1 } };
  const counts = await readCounts(open, plan, sums);
  const latest = plan.periods.length - 1;
  const years = plan.periods.flatMap(({ flows }, p) => (flows ? [p] : []));
  const pooled = (key: string, group: ComparedGroup, periods: readonly number[]) =>
    pool(counts, characteristic, group, key, periods);
  const shares = new Map(
    groups.map((group) => [group, { events: pooled('events', group, years), people: pooled('people', group, years) }]),
  );
  const stock = new Map(groups.map((group) => [group, pooled('headcount', group, [latest])]));
  const reference = referenceOf(given.reference, characteristic, groups, stock);
  const single = groups.filter(({ isUnion }) => !isUnion);
  const sum = (list: readonly Count[]) => addUp(list, true);
  const known = sum(single.flatMap((group) => (isUnknown(group) ? [] : [stock.get(group)!])));
  const disclosed: Share = { events: known, people: sum(single.map((group) => stock.get(group)!)) };
  const everybody: Share = {
    events: sum(single.map((group) => shares.get(group)!.events)),
    people: sum(single.map((group) => shares.get(group)!.people)),
  };
  const parts = groups.map((group): Share => ({ events: stock.get(group)!, people: known }));
  const [compared, rates] = await Promise.all([
    contrasts(
      open,
      groups.map((group) => shares.get(group)!),
      shares.get(reference)!,
      outcome.worse,
    ),
    contrasts(open, [everybody, disclosed, ...parts], everybody, 'higher'),
  ]);
  const [whole, recorded, ...representation] = rates;
  const maker = {
    plan,
    outcome,
    reference,
    referenceShare: shares.get(reference)!,
    hidden: hides(plan, characteristic),
  };
  return {
    outcome,
    characteristic,
    groups,
    reference,
    rows: groups.map((group, i) =>
      rowOf(maker, group, shares.get(group)!, compared[i]!, {
        count: stock.get(group)!,
        contrast: representation[i]!,
        known,
      }),
    ),
    overall: rateOf(maker, everybody, whole!),
    disclosure: proportion(maker, definitions.disclosure, disclosed, recorded!),
    years: years.map((p) => plan.periods[p]!),
  };
}

/** Makes the whole answer from its plan. */
export async function fairnessOf(
  open: OpenRelease,
  plan: Plan,
  given: FairnessGiven,
  context: Context,
): Promise<Fairness> {
  const spent = spend(context, plan);
  const { outcome, characteristic, groups, reference, rows, overall, disclosure, years } = await compareGroups(
    open,
    plan,
    given,
  );
  const ladder = await ladderOf(open, plan, given.where, characteristic, groups, reference, context);
  const { label } = dimensionById.get(characteristic)!;
  return {
    kind: 'table',
    open,
    area: askedArea(given.where, open.catalogue, context.asker),
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
    dissimilarity: await dissimilarityOf(open, ladder, groups, reference),
    warnings: warningsOf({ ...plan, periods: years }, [], [], false),
    statement: summary(rows, outcome, label),
    cost: spent + ladder.cost,
  };
}

const isUnknown = ({ category }: ComparedGroup) => category.code === 'unknown';

/** A sum over the cells of a group and over periods. */
function pool(
  { plan, count }: Counts,
  characteristic: string,
  { codes }: ComparedGroup,
  key: string,
  periods: readonly number[],
): Count {
  const members = plan.groups.flatMap(({ categories }, g) =>
    codes.includes(categories[characteristic]!.code) ? [g] : [],
  );
  return addUp(
    members.flatMap((g) => periods.map((p) => count(key, g, p))),
    true,
  );
}

function referenceOf(
  asked: string | null | undefined,
  characteristic: string,
  groups: readonly ComparedGroup[],
  stock: ReadonlyMap<ComparedGroup, Count>,
): ComparedGroup {
  const code = asked ?? usualReference[characteristic];
  const candidates = groups.filter((group) => !group.isUnion && !isUnknown(group));
  const size = (group: ComparedGroup) => stock.get(group)?.value ?? 0;
  return (
    candidates.find(({ category }) => category.code === code) ??
    candidates.reduce((a, b) => (size(b) > size(a) ? b : a))
  );
}

/** Below region, proportions by a sensitive characteristic are not told outside 5 % to 95 %. */
function hides({ catalogue, level }: Plan, characteristic: string): (rate: number | null) => string | null {
  const sensitive = catalogue.dimensions.some(({ id, sensitive }) => id === characteristic && sensitive);
  if (!sensitive || catalogue.audience.v === 0 || (level !== 'system' && level !== 'organisation')) return () => null;
  return (rate) => (rate === null ? null : rate < 0.05 ? '<5%' : rate > 0.95 ? '>95%' : null);
}

interface Maker {
  plan: Plan;
  outcome: Outcome;
  reference: ComparedGroup;
  referenceShare: Share;
  hidden: (rate: number | null) => string | null;
}

function rowOf(
  maker: Maker,
  group: ComparedGroup,
  share: Share,
  contrast: Contrast,
  stock: { count: Count; contrast: Contrast; known: Count },
): FairnessRow {
  const { plan, outcome, reference, referenceShare, hidden } = maker;
  const { audience } = plan.catalogue;
  const isReference = group === reference;
  const rate = rateOf(maker, share, contrast);
  const base = statusOf(plan, referenceShare);
  const bounded = hidden(contrast.rate) !== null || hidden(proportionOf(referenceShare)) !== null;
  const status: CellStatus =
    isReference || isUnknown(group)
      ? 'NOT_APPLICABLE'
      : bounded || rate.status === 'CONFIDENTIAL' || base === 'CONFIDENTIAL'
        ? 'CONFIDENTIAL'
        : rate.status === 'NOT_AVAILABLE' || base === 'NOT_AVAILABLE'
          ? 'NOT_AVAILABLE'
          : Math.min(share.events.value ?? 0, referenceShare.events.value ?? 0) < 10
            ? 'LOW_RELIABILITY'
            : 'OK';
  const shown = status === 'OK' || status === 'LOW_RELIABILITY';
  const relativeLikelihood = statistic(definitions.relativeLikelihood(outcome.measure), {
    value: shown ? contrast.ratio : null,
    lower: contrast.ratio_lower,
    upper: contrast.ratio_upper,
    method: 'on the logarithm, with the variance of the protection',
    status,
  });
  const gap = statistic(definitions.gap(outcome.measure), {
    value: shown ? contrast.gap : null,
    lower: contrast.gap_lower,
    upper: contrast.gap_upper,
    method: 'Newcombe, with the variance of the protection',
    display:
      shown && contrast.gap !== null ? displayedDifference(contrast.gap, 'percent', share.people.value) : undefined,
    status,
  });
  const flagged = shown && contrast.flagged === true;
  const verdict: FairnessVerdict = isReference
    ? 'REFERENCE'
    : !shown || contrast.ratio === null
      ? 'NOT_COMPARABLE'
      : flagged
        ? contrast.ratio > 1
          ? 'WORSE_OFF'
          : 'BETTER_OFF'
        : 'NO_CLEAR_DIFFERENCE';
  return {
    group: group.category,
    isReference,
    isUnion: group.isUnion,
    isUnknown: isUnknown(group),
    people: statistic(peopleOf, {
      value:
        stock.count.value !== null && stock.count.value > 0 && stock.count.value < audience.displayMinimum
          ? null
          : stock.count.value,
      status: stock.count.value === null ? stock.count.status : 'CONFIDENTIAL',
      noise: { audience, ...stock.count, variance: stock.count.variance },
    }),
    representation: isUnknown(group)
      ? statistic(representationOf, { value: null })
      : proportion(maker, representationOf, { events: stock.count, people: stock.known }, stock.contrast),
    rate,
    relativeLikelihood,
    gap,
    fourFifths: shown && contrast.band ? (contrast.band.toUpperCase() as 'BELOW') : null,
    flagged,
    verdict,
    statement: sentence(maker, group, verdict, relativeLikelihood, rate, gap),
  };
}

const peopleOf: Measure = {
  ...definitions.disclosure,
  id: 'people_in_group',
  title: 'People',
  plain: 'People in post in the group at the end of the latest year.',
  unit: 'people',
  direction: 'none',
  formula: () => ({ kind: 'count', numerator: { headcount: 1 } }),
};
const representationOf: Measure = {
  ...definitions.disclosure,
  id: 'representation_of_group',
  title: 'Representation',
  plain: 'Share of the group among those whose characteristic is recorded, at the end of the latest year.',
  direction: 'none',
};

const proportionOf = ({ events, people }: Share) =>
  people.value ? Math.min(1, (events.value ?? 0) / people.value) : null;

function statusOf({ catalogue }: Plan, { events, people }: Share): CellStatus {
  if (events.value === null) return events.status;
  if (people.value === null) return people.status;
  if (people.value <= 0) return 'NOT_APPLICABLE';
  return people.value < catalogue.audience.rateMinimum ? 'CONFIDENTIAL' : 'OK';
}

const rateOf = (maker: Maker, share: Share, contrast: Contrast): Figure =>
  proportion(
    maker,
    {
      ...definitions.rate(maker.outcome.measure),
      formula: () => maker.outcome.measure.formula(argumentsOf(maker.outcome.measure, maker.outcome.given)),
    },
    share,
    contrast,
  );

/** A proportion of published sums, withheld or bounded as every other one is. */
function proportion(
  { plan, hidden }: Maker,
  measure: Measure,
  share: Share,
  { rate, rate_lower, rate_upper }: Contrast,
): Figure {
  const status = statusOf(plan, share);
  const bound = status === 'OK' ? hidden(rate) : null;
  return statistic(measure, {
    value: bound || status !== 'OK' ? null : rate,
    lower: rate_lower,
    upper: rate_upper,
    numerator: share.events.value,
    denominator: share.people.value,
    base: share.people.value,
    method: 'score with the variance of the protection',
    status: bound ? 'CONFIDENTIAL' : status,
    display: bound ?? undefined,
    noise: { audience: plan.catalogue.audience, variance: share.events.variance, cells: share.events.cells },
  });
}

function directionOf({ worse, measure }: Outcome, { category }: ComparedGroup): string {
  const title = measure.title.toLowerCase();
  return worse === 'higher'
    ? `Rate of the group ÷ rate of ${category.label.toLowerCase()}: above 1, the named group is worse off, for a high ${title} is bad.`
    : `Rate of ${category.label.toLowerCase()} ÷ rate of the group: above 1, the named group is worse off, for a low ${title} is bad.`;
}

function sentence(
  { reference, outcome }: Maker,
  { category }: ComparedGroup,
  verdict: FairnessVerdict,
  ratio: Figure,
  rate: Figure,
  gap: Figure,
): string {
  const against = reference.category.label.toLowerCase();
  const title = outcome.measure.title.toLowerCase();
  const limits = ratio.interval
    ? ` (95 % interval ${displayed(ratio.interval.lower, 'ratio', null)} to ${displayed(ratio.interval.upper, 'ratio', null)})`
    : '';
  switch (verdict) {
    case 'REFERENCE':
      return `${category.label}: the group that the others are compared with; ${title} ${rate.display}.`;
    case 'NOT_COMPARABLE':
      return category.code === 'unknown'
        ? 'Not recorded: shown, and compared with nobody.'
        : `${category.label}: not compared, because a figure is not shown.`;
    case 'NO_CLEAR_DIFFERENCE':
      return `${category.label}: no clear difference from ${against} in ${title}; ratio ${ratio.display}${limits}.`;
    default:
      return `${category.label} staff are ${verdict === 'WORSE_OFF' ? 'worse' : 'better'} off than ${against} staff in ${title}: ratio ${ratio.display}${limits}, gap ${gap.display}.`;
  }
}

function summary(rows: readonly FairnessRow[], { measure }: Outcome, label: string): string {
  const named = (verdict: FairnessVerdict) =>
    rows.filter((row) => row.verdict === verdict && !row.isUnion).map(({ group }) => group.label);
  const worse = named('WORSE_OFF');
  const better = named('BETTER_OFF');
  if (worse.length + better.length === 0)
    return `${measure.title} by ${label.toLowerCase()}: no clear difference between the groups.`;
  return [
    `${measure.title} by ${label.toLowerCase()}:`,
    ...(worse.length > 0 ? [`worse off: ${worse.join(', ')}.`] : []),
    ...(better.length > 0 ? [`better off: ${better.join(', ')}.`] : []),
  ].join(' ');
}
