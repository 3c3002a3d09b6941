import { percent, type Attack } from '../attack.ts';
import type { Context } from '../context.ts';
import { headcounts, organisationsOf } from '../questions.ts';

// Of 1,000 answers each, an area strays by 0.013 (one standard error) where time tells nothing.
const times = { full: 2000, brief: 1000 };
const limit = 0.55;

/** Whether the time that an answer takes tells a withheld table from a shown one. */
export const timing: Attack = {
  number: 14,
  id: 'timing',
  title: 'Timing: withheld against shown tables, 2,000 answers each',
  criterion: 'area under the curve of a classifier by time ≤ 0.55',
  fast: false,
  asks: true,
  async run(context) {
    const { period, areas } = await organisationsOf(context);
    const shown = areas.filter(({ value }) => value >= 100).slice(-10);
    const withheld = areas.filter(({ value }) => value < 40).slice(0, 10);
    if (shown.length === 0 || withheld.length === 0)
      return { figure: 'no table is withheld, or none is shown', passed: true };
    for (let k = 0; k < 50; k += 1) await ask(context, shown[k % shown.length]!.code, period, -k - 1);
    const each = times[context.effort];
    const [left, right]: [number[], number[]] = [[], []];
    for (let k = 0; k < each; k += 1) {
      // Either goes first as often as the other: a request may profit from the one before it.
      const order = k % 2 === 0 ? [withheld, shown] : [shown, withheld];
      for (const group of order)
        (group === withheld ? left : right).push(
          await ask(context, group[k % group.length]!.code, period, 2 * k + (group === shown ? 1 : 0)),
        );
    }
    const area = Math.max(areaUnder(left, right), areaUnder(right, left));
    return {
      figure: `area ${area.toFixed(3)}; medians ${median(left).toFixed(2)} and ${median(right).toFixed(2)} ms, ${percent(Math.abs(1 - median(left) / median(right)))} apart`,
      passed: area <= limit,
    };
  },
};

/** One answer that no cache has, in milliseconds. */
async function ask({ surface }: Context, organisation: string, period: string, unique: number): Promise<number> {
  const question = `{ q${Math.abs(unique)}${unique < 0 ? 'w' : ''}: ${headcounts(`organisation: ["${organisation}"]`, ['BAND', 'AGE_BAND'], period)} }`;
  return (await surface!.ask(question)).milliseconds;
}

/** Probability that one of `low` is less than one of `high`, ties by half. */
function areaUnder(low: readonly number[], high: readonly number[]): number {
  const all = [...low.map((value) => ({ value, low: true })), ...high.map((value) => ({ value, low: false }))].sort(
    (a, b) => a.value - b.value,
  );
  let before = 0;
  let pairs = 0;
  for (const { low: isLow } of all) {
    if (isLow) before += 1;
    else pairs += before;
  }
  return pairs / low.length / high.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
