import { rowsOf } from '@ahp/sql/open';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, percent, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { drawsOf } from '../draws.ts';
import { dataOf, headcounts, organisationsOf, publishedTable } from '../questions.ts';
import { guessed, nothingYet, recovered, score, standardError } from '../recovery.ts';

const professions = 12;
const unions = { full: 100, brief: 20 };
const organisations = 4;
const perRequest = 15;

/** A cell from the mean of [a union with it] − [the same union without it], over many unions of other categories. */
export const unionAveraging: Attack = {
  number: 2,
  id: 'union_averaging',
  title: 'Averaging over IN lists: many unions of 12 categories, with and without the target',
  criterion:
    'union − rest equals the published cell in 100%; counts of 1 to 4 found ≤ guess + 5 points (within 3 standard errors)',
  fast: false,
  asks: true,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  const { period, areas } = await organisationsOf(context, audience.id);
  const draw = drawsOf('unions');
  const recovery = nothingYet();
  let equal = 0;
  let asked = 0;
  const chosen = areas.filter((_, k) => k % Math.ceil(areas.length / organisations) === 0).slice(0, organisations);
  for (const { code } of chosen) {
    const published = await publishedTable(context, audience.id, { set: 'profession', area: code });
    const truth = await trueCounts(context, code);
    const categories = (await categoriesOf(context, audience.id)).slice(0, professions);
    for (const target of small(categories, truth)) {
      const others = categories.filter((category) => category !== target);
      const subsets = Array.from({ length: unions[context.effort] }, () => others.filter(() => draw() < 0.5)).filter(
        ({ length }) => length > 0,
      );
      const sums = await sumsOf(
        context,
        audience,
        code,
        period,
        subsets.flatMap((subset) => [[...subset, target], subset]),
      );
      // A single cell that is too small to be shown is withheld: there is no difference to take, and it is no 0.
      const differences = subsets.flatMap((_, k) => {
        const [union, rest] = [sums[2 * k]!, sums[2 * k + 1]!];
        return union === null || rest === null ? [] : [union - rest];
      });
      if (differences.length === 0) continue;
      asked += differences.length;
      equal += differences.filter((difference) => difference === (published.get(target) ?? 0)).length;
      score(
        recovery,
        [truth.get(target) ?? 0],
        [differences.reduce((sum, difference) => sum + difference, 0) / differences.length],
      );
    }
  }
  const guess = guessed(recovery);
  return {
    figure: `${percent(equal / asked)} of ${asked.toLocaleString('en-GB')} differences equal the published cell; ${percent(recovered(recovery), 0)} of ${recovery.cells} found, guessing ${percent(guess, 0)}`,
    passed:
      asked > 0 && equal === asked && recovered(recovery) <= guess + 0.05 + 3 * standardError(guess, recovery.cells),
  };
}

/** Three targets of an organisation: those with true counts of 1 to 4 first. */
function small(categories: readonly string[], truth: ReadonlyMap<string, number>): string[] {
  const rank = (category: string) => {
    const n = truth.get(category) ?? 0;
    return n >= 1 && n <= 4 ? 0 : n > 4 ? 1 : 2;
  };
  return [...categories].sort((a, b) => rank(a) - rank(b)).slice(0, 3);
}

async function sumsOf(
  { surface }: Context,
  audience: Audience,
  organisation: string,
  period: string,
  lists: readonly (readonly string[])[],
): Promise<(number | null)[]> {
  const sums: (number | null)[] = [];
  for (let from = 0; from < lists.length; from += perRequest) {
    const fields = lists.slice(from, from + perRequest).map((list, k) => {
      const where = `organisation: ["${organisation}"], profession: [${list.map((code) => code.toUpperCase()).join(', ')}]`;
      return `u${k}: ${headcounts(where, [], period)}`;
    });
    const data = await dataOf<Record<string, { rows: { headcount: { value: number | null } }[] }>>(
      surface!,
      `{ ${fields.join('\n')} }`,
      { as: audience.id },
    );
    sums.push(...Object.values(data).map(({ rows }) => rows[0]!.headcount.value));
  }
  return sums;
}

async function trueCounts({ workshop }: Context, organisation: string): Promise<Map<string, number>> {
  const rows = await rowsOf<{ a: string; n: number }>(
    workshop,
    `select a::varchar as a, n::integer as n from grouped where "set" = 'profession' and grain = 'year' and level = 'organisation' and tally = 'headcount'
       and area = '${organisation}' and period_end = (select max(period_end) from grouped where grain = 'year' and tally = 'headcount')`,
  );
  return new Map(rows.map(({ a, n }) => [a, n]));
}

async function categoriesOf({ workshop }: Context, audience: string): Promise<string[]> {
  const rows = await rowsOf<{ code: string }>(
    workshop,
    `select code from release_${audience}.category where dimension = 'profession' and (valid_from is null or valid_from <= today()) and code <> 'unknown' order by sort`,
  );
  return rows.map(({ code }) => code);
}
