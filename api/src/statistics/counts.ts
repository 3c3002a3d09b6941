import type { Measure, Sum } from '@ahp/sql/measure';
import { tallies, type Tally } from '@ahp/sql/tally';
import type { OpenRelease } from '../release/open-release.ts';
import type { CellStatus, Figure } from '../query/figure.ts';
import { figureOf } from '../query/figures.ts';
import type { Plan } from '../query/plan.ts';
import { readPlans, type PlanRead } from '../query/reading.ts';
import { asked, type Asked } from '../query/selection.ts';

/** A published sum of cells: its value (null where there is none), the variance of its protection, and why it is not there. */
export interface Count {
  value: number | null;
  variance: number;
  cells: number;
  status: CellStatus;
}

/** What was read for a plan: a sum by its key, the group and the period; and the figure as a table would show it. */
export interface Counts {
  plan: Plan;
  count: (key: string, group: number, period: number) => Count;
  figure: (key: string, group: number, period: number) => Figure;
}

/** Reads sums of tallies over the cells of a plan, one for each key. */
export async function readCounts(
  open: OpenRelease,
  plan: Plan,
  sums: Readonly<Record<string, Sum>>,
  figures: readonly Asked[] = [],
): Promise<Counts> {
  const wanted = Object.entries(sums).map(([key, sum]) => ({ ...asked(countOf(key, sum), {}), key }));
  const [read] = await readPlans(open, [plan], [...wanted, ...figures]);
  return countsOf(plan, read!);
}

function countsOf(plan: Plan, read: PlanRead): Counts {
  const index = new Map(read.prepared.map((one, i) => [one.key, i]));
  const figure = (key: string, g: number, p: number): Figure => {
    const one = read.prepared[index.get(key)!]!;
    const setting = { plan, group: plan.groups[g]!, period: plan.periods[p]!, line: read.lineOf(g, p), beside: null };
    return figureOf(setting, one);
  };
  const count = (key: string, g: number, p: number): Count => {
    const one = read.prepared[index.get(key)!]!;
    const { status, noise } = figure(key, g, p);
    const side = one.index === null ? null : read.lineOf(g, p).figures[one.index]!;
    const missing = side === null || side.withheld || status === 'NOT_AVAILABLE' || status === 'NOT_APPLICABLE';
    const cells = side?.cells ?? 0;
    return {
      value: missing ? null : side.x,
      variance: missing ? 0 : (noise?.sd ?? noiseSd(plan, cells)) ** 2,
      cells,
      status: missing && status === 'OK' ? 'CONFIDENTIAL' : status,
    };
  };
  return { plan, count, figure };
}

const noiseSd = ({ catalogue }: Plan, cells: number) => Math.sqrt(catalogue.audience.v * cells);

/** Adds counts up; withheld or absent ones make the sum so, unless `lenient`, which leaves out periods that a source does not hold. */
export function addUp(counts: readonly Count[], lenient = false): Count {
  const kept = lenient ? counts.filter(({ status }) => status !== 'NOT_AVAILABLE') : counts;
  const missing = kept.find(({ value }) => value === null);
  const total = kept.reduce(
    (sum, { value, variance, cells }) => ({
      value: sum.value + (value ?? 0),
      variance: sum.variance + variance,
      cells: sum.cells + cells,
    }),
    { value: 0, variance: 0, cells: 0 },
  );
  if (kept.length === 0) return { ...total, value: null, status: 'NOT_AVAILABLE' };
  return missing ? { ...total, value: null, status: missing.status } : { ...total, status: 'OK' };
}

/** The definition of a plain sum of tallies. */
export function countOf(title: string, sum: Sum): Measure {
  const [tally] = Object.keys(sum) as [Tally];
  return {
    id: title,
    subject: 'staff',
    title: title.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase()),
    plain: `${tallies[tally][0]!.toUpperCase()}${tallies[tally].slice(1)}.`,
    ask: 'trust',
    unit: 'people',
    direction: 'none',
    formula: () => ({ kind: 'count', numerator: sum }),
    comparable: ['england', 'scotland', 'wales', 'northern_ireland'],
    grains: ['month', 'quarter', 'year'],
    caveats: [],
    source: 'Tallies of this service: sql/src/tally.ts',
  };
}
