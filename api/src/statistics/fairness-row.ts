import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure } from '@ahp/sql/measure';
import type { CategoryRecord } from '../release/catalogue.ts';
import type { CellStatus, Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { displayed, displayedDifference, lowerFirst } from '../query/words.ts';
import type { Contrast, Share } from './compare-groups.ts';
import type { Count } from './counts.ts';
import { fairness as definitions } from './definitions.ts';
import { isUnknown, type ComparedGroup } from './groups.ts';
import type { Outcome } from './outcomes.ts';
import { statistic } from './statistic.ts';

export const fairnessVerdicts = {
  WORSE_OFF: 'Worse off than the reference group: the ratio is above 1.25 and its interval above 1.',
  BETTER_OFF: 'Better off than the reference group: the ratio is below 0.80 and its interval below 1.',
  NO_CLEAR_DIFFERENCE: 'No clear difference: the ratio is inside 0.80 to 1.25, or its interval includes 1.',
  REFERENCE: 'The group that the others are compared with.',
  NOT_COMPARABLE: 'Not compared: not recorded, not shown, or known for too few people.',
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

/** The one group that stands for a comparison where there is room for one: the union of all, or the first that is compared. */
export function leadingRow(rows: readonly FairnessRow[]): FairnessRow | undefined {
  const compared = rows.filter(({ isReference, isUnknown }) => !isReference && !isUnknown);
  return compared.find(({ isUnion }) => isUnion) ?? compared[0];
}

/** Below region, proportions by a sensitive characteristic are not told outside 5 % to 95 %. */
export function hides({ catalogue, level }: Plan, characteristic: string): (rate: number | null) => string | null {
  const sensitive = catalogue.dimensions.some(({ id, sensitive }) => id === characteristic && sensitive);
  if (!sensitive || catalogue.audience.v === 0 || (level !== 'system' && level !== 'organisation')) return () => null;
  return (rate) => (rate === null ? null : rate < 0.05 ? '<5%' : rate > 0.95 ? '>95%' : null);
}

/** What the rows of one comparison have in common. */
export interface Maker {
  plan: Plan;
  outcome: Outcome;
  reference: ComparedGroup;
  referenceShare: Share;
  /** Why no group is compared. */
  tooFew: string | null;
  hidden: (rate: number | null) => string | null;
}

/** A group against the reference group. */
export function rowOf(
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
        : maker.tooFew !== null || rate.status === 'NOT_AVAILABLE' || base === 'NOT_AVAILABLE'
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

/** The outcome among some people. */
export const rateOf = (maker: Maker, share: Share, contrast: Contrast): Figure =>
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
export function proportion(
  { plan, hidden }: Pick<Maker, 'plan' | 'hidden'>,
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

function sentence(
  { reference, outcome, tooFew }: Maker,
  { category }: ComparedGroup,
  verdict: FairnessVerdict,
  ratio: Figure,
  rate: Figure,
  gap: Figure,
): string {
  const against = lowerFirst(reference.category.label);
  const title = lowerFirst(outcome.measure.title);
  const limits = ratio.interval
    ? ` (95 % interval ${displayed(ratio.interval.lower, 'ratio', null)} to ${displayed(ratio.interval.upper, 'ratio', null)})`
    : '';
  switch (verdict) {
    case 'REFERENCE':
      return `${category.label}: the group that the others are compared with; ${title} ${rate.display}.`;
    case 'NOT_COMPARABLE':
      return category.code === 'unknown'
        ? 'Not recorded: shown, and compared with nobody.'
        : `${category.label}: not compared, because ${tooFew ?? 'a figure is not shown'}.`;
    case 'NO_CLEAR_DIFFERENCE':
      return `${category.label}: no clear difference from ${against} in ${title}; ratio ${ratio.display}${limits}.`;
    default:
      return `${category.label} staff are ${verdict === 'WORSE_OFF' ? 'worse' : 'better'} off than ${against} staff in ${title}: ratio ${ratio.display}${limits}, gap ${gap.display}.`;
  }
}
