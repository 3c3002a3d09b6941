import type { Sum } from '@ahp/sql/measure';
import type { AreaRecord, CategoryRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import { addUp, readCounts, type Counts } from './counts.ts';
import { followed, lifeTables, type Curve, type Interval } from './life-table.ts';

/** The tallies that curves by time since joining are made of: people, months that they were followed, and who went each way. */
export interface ElapsedSums {
  people: Sum;
  exposure: Sum;
  exits: readonly Sum[];
}

/** A curve of one place and category before it is put into figures. */
export interface CurveDraft {
  area: AreaRecord;
  category: CategoryRecord | null;
  label: string;
  intervals: Interval[];
  /** Null where no interval has enough people. */
  curve: Curve | null;
  stoppedAt: number | null;
  stopReason: string | null;
}

/** Nobody is followed beyond this month. */
const lastMonth = 60;
/** A curve stops before the first interval with fewer people followed, published. */
const fewestFollowed = 10;

/** Reads the cells of a plan by `elapsed` and at most one more thing, all years together, and makes a life table of each group. */
export async function draftCurves(
  open: OpenRelease,
  plan: Plan,
  sums: ElapsedSums,
  by: string | null,
): Promise<CurveDraft[]> {
  const named = {
    people: sums.people,
    exposure: sums.exposure,
    ...Object.fromEntries(sums.exits.map((sum, way) => [`exit${way}`, sum])),
  };
  const counts = await readCounts(open, plan, named);
  const keyOf = (g: number) =>
    `${plan.groups[g]!.place.area.code}|${by ? (plan.groups[g]!.categories[by]?.code ?? '') : ''}`;
  const indices = plan.groups.map((_, g) => g);
  const drafts = [...Map.groupBy(indices, keyOf).values()].map((groups) => ({
    ...intervalsOf(counts, groups, sums.exits.length),
    group: plan.groups[groups[0]!]!,
  }));
  const kept = drafts.filter(({ intervals }) => intervals.length > 0);
  const tables = await lifeTables(
    open,
    kept.map(({ intervals }) => intervals),
  );
  return drafts.map((draft) => {
    const { group, ...rest } = draft;
    const category = (by && group.categories[by]) || null;
    const { area } = group.place;
    return {
      ...rest,
      area,
      category,
      label: category?.label ?? area.label,
      curve: tables[kept.indexOf(draft)] ?? null,
    };
  });
}

/** The intervals of one curve up to where it stops. */
function intervalsOf(
  { plan, count }: Counts,
  groups: readonly number[],
  ways: number,
): Pick<CurveDraft, 'intervals' | 'stoppedAt' | 'stopReason'> {
  const startOf = (g: number) => Number(plan.groups[g]!.categories.elapsed!.code.slice(-2));
  const ordered = [...groups].sort((a, b) => startOf(a) - startOf(b));
  const years = plan.periods.flatMap(({ flows }, p) => (flows ? [p] : []));
  const intervals: Interval[] = [];
  for (const [i, g] of ordered.entries()) {
    const from = startOf(g);
    const until = i + 1 < ordered.length ? startOf(ordered[i + 1]!) : lastMonth;
    const total = (key: string) =>
      addUp(
        years.map((p) => count(key, g, p)),
        true,
      );
    const [people, exposure] = [total('people'), total('exposure')];
    const exits = Array.from({ length: ways }, (_, way) => total(`exit${way}`));
    if ([people, exposure, ...exits].some(({ value }) => value === null))
      return { intervals, stoppedAt: from, stopReason: withheldReason(plan) };
    const interval: Interval = {
      from,
      until,
      exposure: exposure.value!,
      exits: exits.map(({ value }) => value!),
      exitVariance: exits[0]!.variance,
      exposureVariance: exposure.variance,
    };
    if (Math.min(followed(interval), people.value!) < fewestFollowed)
      return { intervals, stoppedAt: from, stopReason: `fewer than ${fewestFollowed} people were followed beyond` };
    intervals.push(interval);
  }
  return { intervals, stoppedAt: null, stopReason: null };
}

/** Exact counts are withheld where they are small, which the many intervals of one employer mostly are. */
const withheldReason = ({ catalogue: { audience } }: Plan): string =>
  audience.v === 0 && audience.displayMinimum > 1
    ? `exact counts under ${audience.displayMinimum} are withheld; without a key, the protected counts of the public show the curve`
    : 'the counts that follow are withheld or not available';

/** Why a curve is not made from some of its intervals. */
export function everyIntervalNeeded(root: string): Problems {
  const problems = new Problems(root);
  problems.add(
    'NOT_PUBLISHED',
    'A curve needs every interval since joining, so it cannot be filtered by elapsed.',
    'where',
    'elapsed',
  );
  return problems;
}
