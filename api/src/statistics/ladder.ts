import { officialStaffGroup } from '@ahp/sql/official-staff-group';
import { dissimilarityReference } from '@ahp/sql/statistics/dissimilarity-reference';
import { sql } from 'kysely';
import type { CategoryRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { CellStatus, Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Where } from '../query/question.ts';
import { displayed, lowerFirst } from '../query/words.ts';
import { planCells, spend } from './cells-plan.ts';
import { addUp, readCounts, type Count, type Counts } from './counts.ts';
import { fairness as definitions } from './definitions.ts';
import type { GroupComparison } from './group-comparison.ts';
import type { ComparedGroup } from './groups.ts';
import { callMacros } from './macro-call.ts';
import { statistic } from './statistic.ts';

export interface LadderRow {
  group: CategoryRecord;
  isUnion: boolean;
  disparityRatio: Figure;
  benchmark: Figure | null;
  fourFifths: 'BELOW' | 'WITHIN' | 'ABOVE' | null;
  flagged: boolean;
  statement: string;
}

export interface LadderStep {
  from: string;
  to: string;
  label: string;
  rows: LadderRow[];
}

export interface Dissimilarity {
  index: Figure;
  reference: { expected: Figure; pValue: number; draws: number; seed: number } | null;
  groups: CategoryRecord[];
  statement: string;
}

/** The rungs of the ladder that support workers climb, each a sum of bands. */
const rungs = [
  { label: 'Band 2', bands: ['band_2'] },
  { label: 'Band 3', bands: ['band_3'] },
  { label: 'Band 4', bands: ['band_4'] },
  { label: 'Band 5 and above', bands: ['band_5', 'band_6', 'band_7', 'band_8_9'] },
] as const;

/** People of each group on each rung. */
export interface Ladder {
  steps: LadderStep[];
  people: ReadonlyMap<ComparedGroup, readonly Count[]> | null;
  cost: number;
}

/** The disparity ratio of every group on every step, with official figures beside it where the release has them. */
export async function ladderOf(
  open: OpenRelease,
  plan: Plan,
  where: Where | null | undefined,
  { characteristic, groups, reference, tooFew }: GroupComparison,
  context: Context,
): Promise<Ladder> {
  const period = { at: { end: plan.periods.at(-1)!.end, grain: plan.grain } };
  const asked = planCells('fairness', { where, by: ['band', characteristic], period }, open, context);
  if (asked instanceof Problems || where?.band) return { steps: [], people: null, cost: 0 };
  const counts = await readCounts(open, asked, { headcount: { headcount: 1 } });
  const people = peopleBy(counts, characteristic, groups);
  const official = characteristic === 'ethnic_group' ? await benchmark(open, asked, groups, context) : null;
  const minimum = open.catalogue.audience.rateMinimum;
  const steps = await Promise.all(
    rungs
      .slice(1)
      .map((upper, i) => stepOf(open, i, upper.label, { people, official, groups, reference, minimum, tooFew })),
  );
  return { steps, people, cost: spend(context, asked) };
}

function peopleBy(
  { plan, count }: Counts,
  characteristic: string,
  groups: readonly ComparedGroup[],
): Map<ComparedGroup, Count[]> {
  const onRung = (group: ComparedGroup, bands: readonly string[]) =>
    plan.groups.flatMap(({ categories }, g) =>
      group.codes.includes(categories[characteristic]!.code) && bands.includes(categories.band!.code)
        ? [count('headcount', g, 0)]
        : [],
    );
  return new Map(groups.map((group) => [group, rungs.map(({ bands }) => addUp(onRung(group, bands)))]));
}

interface Rungs {
  people: ReadonlyMap<ComparedGroup, readonly Count[]>;
  official: ReadonlyMap<ComparedGroup, readonly Count[]> | null;
  groups: readonly ComparedGroup[];
  reference: ComparedGroup;
  /** Fewest people on both rungs together for a ratio to be shown. */
  minimum: number;
  /** Why no ratio is given. */
  tooFew: string | null;
}

async function stepOf(
  open: OpenRelease,
  i: number,
  upper: string,
  { people, official, groups, reference, minimum, tooFew }: Rungs,
): Promise<LadderStep> {
  const named = groups.filter((group) => group !== reference && group.category.code !== 'unknown');
  const found = await ratios(open, named, people, reference, i);
  const published = official && (await ratios(open, named, official, reference, i));
  const rows = named.map((group, index): LadderRow => {
    const { ratio, lower, upper, band, flagged } = found[index]!;
    const counts = [group, reference].flatMap((one) => [people.get(one)![i]!, people.get(one)![i + 1]!]);
    const [below, above] = [counts[0]!.value ?? 0, counts[1]!.value ?? 0];
    const unknown = counts.find(({ value }) => value === null);
    const enough = below + above >= minimum;
    const few = Math.min(below, above) < 10;
    const disparityRatio = statistic(definitions.disparity, {
      value: enough && tooFew === null ? ratio : null,
      lower,
      upper,
      method: 'on the logarithm, with the variance of the protection',
      status: unknown
        ? unknown.status
        : !enough
          ? 'CONFIDENTIAL'
          : tooFew !== null
            ? 'NOT_AVAILABLE'
            : few
              ? 'LOW_RELIABILITY'
              : 'OK',
    });
    const shown = disparityRatio.value !== null;
    return {
      group: group.category,
      isUnion: group.isUnion,
      disparityRatio,
      benchmark: published
        ? statistic(definitions.disparity, {
            value: published[index]!.ratio,
            lower: published[index]!.lower,
            upper: published[index]!.upper,
            method: 'on the logarithm',
          })
        : null,
      fourFifths: shown && band ? (band.toUpperCase() as 'BELOW') : null,
      flagged: shown && flagged === true,
      statement: sentence(group, reference, disparityRatio, shown && flagged === true, tooFew),
    };
  });
  const lower = rungs[i]!.label;
  return { from: lower, to: upper, label: `${lower} → ${lowerFirst(upper)}`, rows };
}

function sentence(
  { category }: ComparedGroup,
  reference: ComparedGroup,
  ratio: Figure,
  flagged: boolean,
  tooFew: string | null,
): string {
  const against = lowerFirst(reference.category.label);
  if (ratio.value === null) return `${category.label}: not shown${tooFew ? `, because ${tooFew}` : ''}.`;
  if (!flagged) return `${category.label}: no clear difference from ${against}; ratio ${ratio.display}.`;
  return `${category.label} staff are ${ratio.value > 1 ? 'less' : 'more'} often on the upper rung than ${against} staff; ratio ${ratio.display} (95 % interval ${displayed(ratio.interval!.lower, 'ratio', null)} to ${displayed(ratio.interval!.upper, 'ratio', null)}).`;
}

interface Ratio {
  ratio: number | null;
  lower: number | null;
  upper: number | null;
  band: string | null;
  flagged: boolean | null;
}

async function ratios(
  open: OpenRelease,
  groups: readonly ComparedGroup[],
  people: ReadonlyMap<ComparedGroup, readonly Count[]>,
  reference: ComparedGroup,
  i: number,
): Promise<Ratio[]> {
  const at = (group: ComparedGroup, rung: number) => people.get(group)![rung]!;
  const noisiest = (group: ComparedGroup) =>
    Math.max(
      ...[at(group, i), at(group, i + 1), at(reference, i), at(reference, i + 1)].map(({ variance }) => variance),
    );
  const values = groups.map((group) =>
    [at(group, i), at(group, i + 1), at(reference, i), at(reference, i + 1)].map(({ value }) => value),
  );
  const known = groups.flatMap((_, index) => (values[index]!.every((value) => value !== null) ? [index] : []));
  const column = (k: number) => known.map((index) => values[index]![k]!);
  const rows = await callMacros<Ratio & { i: number }>(
    open,
    {
      i: known,
      a: column(0),
      b: column(1),
      c: column(2),
      d: column(3),
      v: known.map((index) => noisiest(groups[index]!)),
    },
    sql`, made as (select i, disparity_ratio(a, b, c, d) as ratio, disparity_ratio_lower(a, b, c, d, v) as lower, disparity_ratio_upper(a, b, c, d, v) as upper from given)
      select *, four_fifths_band(ratio) as band, four_fifths_flag(ratio, lower, upper) as flagged from made order by i`,
  );
  const byIndex = new Map(rows.map((row) => [row.i, row]));
  // What is not known is no zero: without one of its four counts there is no ratio.
  return groups.map(
    (_, index) => byIndex.get(index) ?? { ratio: null, lower: null, upper: null, band: null, flagged: null },
  );
}

/** The same people in the official ethnicity figures of the nation, support to scientific, therapeutic and technical staff. */
async function benchmark(
  open: OpenRelease,
  { groups: asked, level }: Plan,
  groups: readonly ComparedGroup[],
  context: Context,
): Promise<Map<ComparedGroup, Count[]> | null> {
  const nations = new Set(
    asked.map(({ place }) => place.area.within('nation')?.code ?? (level === 'uk' ? 'england' : null)),
  );
  const [nation] = nations;
  if (nations.size !== 1 || !nation || !open.catalogue.holdings.some(({ feed }) => feed === officialFeed)) return null;
  const made = planCells(
    'fairness',
    {
      source: 'published',
      feed: officialFeed,
      where: { nation: [nation], staffGroup: [officialStaffGroup] },
      by: ['band', 'ethnic_group'],
      period: { last: { count: 1 } },
    },
    open,
    context,
  );
  if (made instanceof Problems) return null;
  spend(context, made);
  const counts = await readCounts(open, made, { headcount: { headcount: 1 } });
  const people = peopleBy(
    {
      ...counts,
      count: (key, g, p) => ({
        ...counts.count(key, g, p),
        variance: 0,
      }),
    },
    'ethnic_group',
    groups,
  );
  return [...people.values()].some((rungs) => rungs.some(({ value }) => (value ?? 0) > 0)) ? people : null;
}

const officialFeed = 'nhs_ethnicity';

const draws = 999;
const seed = 1;

/** How differently two groups are spread over the bands, beside what chance alone would make of groups of that size. */
export async function dissimilarityOf(
  open: OpenRelease,
  { people }: Ladder,
  { groups, reference, tooFew }: GroupComparison,
): Promise<Dissimilarity> {
  const others = groups.filter(
    ({ isUnion, category }) => !isUnion && category.code !== 'unknown' && category.code !== reference.category.code,
  );
  const union = groups.find(({ isUnion }) => isUnion);
  const other = union && !union.codes.includes(reference.category.code) ? [union] : others;
  const categories = [reference.category, ...other.map(({ category }) => category)];
  const unknown = (why: string, status: CellStatus = 'CONFIDENTIAL'): Dissimilarity => ({
    index: statistic(definitions.dissimilarity, { value: null, status }),
    reference: null,
    groups: categories,
    statement: why,
  });
  if (tooFew !== null) return unknown(`Not shown: ${tooFew}.`, 'NOT_AVAILABLE');
  if (!people) return unknown('Not shown: the bands of these groups are not published here.');
  if ([...other, reference].some((group) => people.get(group)!.some(({ value }) => value === null)))
    return unknown('Not shown: some bands of these groups are withheld.');
  const spread = (list: readonly ComparedGroup[]) =>
    rungs.map((_, i) => list.reduce((sum, group) => sum + (people.get(group)![i]!.value ?? 0), 0));
  const [a, b] = [spread(other), spread([reference])];
  const total = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0);
  const minimum = open.catalogue.audience.rateMinimum;
  if (total(a) < minimum || total(b) < minimum) return unknown(`Not shown: a group has fewer than ${minimum} people.`);
  const [row] = await callMacros<{ index: number }>(
    open,
    { a, b },
    sql`select dissimilarity(list(a), list(b)) as index from given`,
  );
  const [small, large] = total(a) <= total(b) ? [a, b] : [b, a];
  const chance = dissimilarityReference(small, large, draws, seed);
  const index = statistic(definitions.dissimilarity, { value: row!.index });
  const expected = statistic(definitions.dissimilarity, { value: chance?.expected ?? null });
  const clear = chance !== null && chance.p <= 0.05;
  return {
    index,
    reference: chance && { expected, pValue: chance.p, draws, seed },
    groups: categories,
    statement: `${displayed(row!.index, 'ratio', null)} where chance alone would give about ${expected.display}: ${clear ? 'the groups are spread over the bands differently' : 'no clear difference in how the groups are spread over the bands'}.`,
  };
}
