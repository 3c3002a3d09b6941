import type { PeriodRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { dimensionById } from '../release/dimension.ts';
import type { Figure } from '../query/figure.ts';
import { lowerFirst } from '../query/words.ts';
import type { Plan } from '../query/plan.ts';
import { contrasts, type Share } from './compare-groups.ts';
import { addUp, readCounts, type Count, type Counts } from './counts.ts';
import { fairness as definitions } from './definitions.ts';
import { tooFewKnown } from './disclosure.ts';
import { hides, proportion, rateOf, rowOf, type FairnessRow } from './fairness-row.ts';
import { groupsOf, isUnknown, usualReference, type ComparedGroup } from './groups.ts';
import { outcomes, type Outcome } from './outcomes.ts';

/** Which groups are compared, by what, and with whom; see outcomes.ts and groups.ts for the defaults. */
export interface GroupsAsked {
  outcome?: string | null;
  characteristic?: string | null;
  reference?: string | null;
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
  /** Of how many the characteristic is known, in a sentence to read beside a ratio. */
  known: string;
  /** Why no ratio is given: the characteristic is known for too few. */
  tooFew: string | null;
  years: PeriodRecord[];
}

/** Reads the groups of a plan and sets each against the reference group. */
export async function compareGroups(open: OpenRelease, plan: Plan, given: GroupsAsked): Promise<GroupComparison> {
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
  const unsplit = await readCounts(open, withoutSplit(plan, characteristic), sums);
  const overall = (key: 'events' | 'people') => {
    const whole = addUp(
      years.map((p) => unsplit.count(key, 0, p)),
      true,
    );
    return whole.status === 'NOT_AVAILABLE' ? sum(single.map((group) => shares.get(group)![key])) : whole;
  };
  const everybody: Share = { events: overall('events'), people: overall('people') };
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
  const { label } = dimensionById.get(characteristic)!;
  const hidden = hides(plan, characteristic);
  const disclosure = proportion({ plan, hidden }, definitions.disclosure, disclosed, recorded!);
  const tooFew = tooFewKnown(label, recorded!.rate, disclosure);
  const maker = {
    plan,
    tooFew,
    outcome,
    reference,
    referenceShare: shares.get(reference)!,
    hidden,
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
    disclosure,
    known:
      disclosure.value === null
        ? `For how many people ${lowerFirst(label)} is known is not shown.`
        : `${label} is known for ${disclosure.display} of people.`,
    tooFew,
    years: years.map((p) => plan.periods[p]!),
  };
}

/** The plan of everybody together: a part that is withheld is no reason to withhold the whole, which has cells of its own. */
function withoutSplit(plan: Plan, characteristic: string): Plan {
  const at = plan.set.indexOf(characteristic);
  const members = new Map(
    plan.groups.flatMap(({ members }) =>
      members.map(({ area, codes }) => {
        const kept = codes.filter((_, i) => i !== at);
        return [[area, ...kept].join('|'), { area, codes: kept }] as const;
      }),
    ),
  );
  return {
    ...plan,
    by: plan.by.filter((id) => id !== characteristic),
    set: plan.set.filter((id) => id !== characteristic),
    comparator: null,
    groups: [{ place: plan.groups[0]!.place, categories: {}, members: [...members.values()] }],
  };
}

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
