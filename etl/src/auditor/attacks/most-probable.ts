import { rowsOf } from '@ahp/sql/open';
import { countRows, type Audience } from '../../disclosure/audiences.ts';
import { chainRule, chainTable, probabilities } from '../../disclosure/chain.ts';
import { onEachReader, percent, type Attack, type Outcome } from '../attack.ts';
import { latestYear, type Context } from '../context.ts';

/** By how much more than guessing may be found, by the public and by whoever reads everything; and how certain nobody may be told of a count. */
const gains = { public: 0.03, trusted: 0.08 };
const certain = 0.9;
const largest = 400;
/** From fewer counts of 1 to 4 than this a share says nothing. */
const fewest = 100;
const sets = [
  'profession',
  'band',
  'stage',
  'sex',
  'ethnic_group',
  'age_band',
  'disability',
  'tenure_band',
  'band+profession',
  'profession+sex',
];
/** Tables of which nothing is withheld, so that what is found follows from the draw alone; the gain elsewhere hangs on how flat the true sizes are, and is told. */
const byWork = ['profession', 'band', 'band+profession'];
const tallies = ['headcount', 'leavers_organisation'];

/** The attacker who knows the p-tables exactly and how large such cells are, and says of each count what is most probable given all that is published of it. */
export const mostProbable: Attack = {
  number: 22,
  id: 'most_probable',
  title: 'The most probable count, from the exact p-tables and the true sizes of such cells',
  criterion:
    'counts of 1 to 4 in headcounts of organisations by work found ≤ guess + 3 points (public), + 8 (trusted, and both), within 3 standard errors; none known with ≥ 90%; both together ≤ the trusted count alone + 0.5 points; the public count 0 where the trusted one is, within 5 of it, its distance of variance 3.25 ± 5%',
  fast: true,
  asks: false,
  run: async (context) => {
    const shown = await shownCells(context);
    const found = await onEachReader(context, async (_, readers) => Promise.resolve(attack(shown, readers)));
    if (context.noisy.length < 2) return found;
    const more = [gainOfBoth(shown, context.noisy), await chainHolds(context)];
    return {
      figure: [found, ...more]
        .map(({ figure }) => figure)
        .filter(Boolean)
        .join('; '),
      passed: found.passed && more.every(({ passed }) => passed),
    };
  },
};

interface Cell {
  n: number;
  /** What each reader is shown; null: withheld, or not in the policy. */
  values: (number | null)[];
}

/** The cells of a tally and set that at least one of the readers is shown something of. */
type Shown = (tally: string, set: string, readers: readonly Audience[]) => Cell[];

function attack(shown: Shown, readers: readonly Audience[]): Outcome {
  const total = { cells: 0, found: 0, guess: 0, told: 0 };
  const judged = { cells: 0, found: 0, guess: 0 };
  let worst = { excess: -Infinity, text: '' };
  const likelihood = likelihoodOf(readers);
  const gain = readers.some(({ drawnFrom }) => drawnFrom === null) ? gains.trusted : gains.public;
  for (const tally of tallies)
    for (const set of sets) {
      const cells = shown(tally, set, readers);
      const truths = [1, 2, 3, 4].map((n) => cells.filter((cell) => cell.n === n).length);
      const small = truths.reduce((sum, count) => sum + count, 0);
      if (small < fewest) continue;
      const guess = Math.max(...truths);
      const { found, told } = estimate(cells, likelihood);
      total.told += told;
      for (const sums of tally === 'headcount' && byWork.includes(set) ? [total, judged] : [total]) {
        sums.cells += small;
        sums.found += found;
        sums.guess += guess;
      }
      if ((found - guess) / small > worst.excess)
        worst = {
          excess: (found - guess) / small,
          text: `${tally} by ${set} ${percent(found / small)} against ${percent(guess / small)}`,
        };
    }
  if (judged.cells === 0) return { figure: 'too few counts to judge', passed: total.told === 0 };
  const error = 0.5 / Math.sqrt(judged.cells);
  const share = ({ cells, found, guess }: typeof judged) =>
    `${percent(found / cells)} of ${cells.toLocaleString('en-GB')}, guessing ${percent(guess / cells)}`;
  return {
    figure: `headcounts by work ${share(judged)}; all tables ${share(total)} (at most ${worst.text}); ${total.told} known with ≥ 90%`,
    passed: total.told === 0 && (judged.found - judged.guess) / judged.cells <= gain + 3 * error,
  };
}

/** What the public count adds for whoever has the trusted one: by design nothing. */
function gainOfBoth(shown: Shown, noisy: readonly Audience[]): Outcome {
  const trusted = noisy.filter(({ id }) => id === 'trusted');
  const place = noisy.findIndex(({ id }) => id === 'trusted');
  const [likelihood, alone] = [likelihoodOf(noisy), likelihoodOf(trusted)];
  const total = { cells: 0, alone: 0, both: 0 };
  for (const tally of tallies)
    for (const set of sets) {
      const cells = shown(tally, set, noisy).filter(({ values }) => values[place] !== null);
      total.cells += cells.filter(({ n }) => n <= 4).length;
      total.both += estimate(cells, likelihood).found;
      total.alone += estimate(
        cells.map(({ n, values }) => ({ n, values: [values[place]!] })),
        alone,
      ).found;
    }
  const more = (total.both - total.alone) / Math.max(1, total.cells);
  return {
    figure: `the public count adds ${(100 * more).toFixed(1)} points to the trusted one`,
    passed: more <= 0.005,
  };
}

/** How many counts of 1 to 4 are the most probable ones of 1 to 4, and how many of all are known with certainty and truly. */
function estimate(cells: readonly Cell[], likelihood: Likelihood): { found: number; told: number } {
  const sizes = new Map<number, number>();
  for (const { n } of cells) sizes.set(n, (sizes.get(n) ?? 0) + 1);
  const known = new Map<string, { best: number; share: number }>();
  let found = 0;
  let told = 0;
  for (const { n, values } of cells) {
    if (n > 4) continue;
    const key = values.join('|');
    if (!known.has(key)) {
      const weights = [...sizes].map(([size, count]) => [size, count * likelihood(size, values)] as const);
      const all = weights.reduce((sum, [, weight]) => sum + weight, 0);
      const few = weights.filter(([size]) => size <= 4);
      const [best] = few.reduce((most, each) => (each[1] > most[1] ? each : most), [0, -1] as const);
      known.set(key, { best, share: Math.max(...few.map(([, weight]) => weight)) / all });
    }
    const { best, share } = known.get(key)!;
    if (best === n) found += 1;
    if (share >= certain) told += 1;
  }
  return { found, told };
}

type Likelihood = (n: number, values: readonly (number | null)[]) => number;

/** How probable the published values of a count are. Draws from the truth are independent; one that is drawn from another goes on from its value. */
function likelihoodOf(readers: readonly Audience[]): Likelihood {
  const chained = Array.from({ length: largest + 10 }, (_, count) => probabilities(chainTable, count));
  const tables = readers.map((reader) => {
    const from = readers.findIndex(({ id }) => id === reader.drawnFrom);
    const rows = countRows(reader, largest);
    return (n: number, values: readonly (number | null)[], place: number): number => {
      const value = values[place];
      if (value === null || value === undefined) return 1;
      if (from >= 0 && values[from] !== null)
        return (chained[values[from]!] ?? probabilities(chainTable, values[from]!)).get(value) ?? 0;
      return rows[Math.min(n, largest)]!.get(value) ?? 0;
    };
  });
  return (n, values) => tables.reduce((product, table, place) => product * table(n, values, place), 1);
}

/** Organisations’ cells of the latest year that have somebody in them, read once for all readers. */
async function shownCells(context: Context): Promise<Shown> {
  const { workshop, noisy } = context;
  const period = await latestYear(context);
  if (period === null) return () => [];
  const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
  const where = `"set" in (${list(sets)}) and tally in (${list(tallies)}) and grain = 'year' and level = 'organisation'`;
  const columns = `tally::varchar as tally, "set"::varchar as "set", area::varchar as area, a::varchar as a, b::varchar as b`;
  const ofTable = (name: string) => `${name}.tally = exact.tally and ${name}."set" = exact."set"`;
  const seen = noisy.map(
    ({
      id,
    }) => `left join (select ${columns}, value from release_${id}.cell where ${where} and period_end = date '${period}') as seen_${id}
      on ${ofTable(`seen_${id}`)} and seen_${id}.area = exact.area and seen_${id}.a = exact.a and seen_${id}.b is not distinct from exact.b
    left join (select ${columns}, true as hidden from release_${id}.withheld where ${where} and period_end = date '${period}') as hidden_${id}
      on ${ofTable(`hidden_${id}`)} and hidden_${id}.area = exact.area and (hidden_${id}.a is null or hidden_${id}.a = exact.a) and (hidden_${id}.b is null or hidden_${id}.b is not distinct from exact.b)
    left join (select tally::varchar as tally, "set"::varchar as "set", true as held from release_${id}.policy where ${where}) as policy_${id} on ${ofTable(`policy_${id}`)}`,
  );
  const values = noisy.map(
    ({ id }) =>
      `any_value(case when hidden_${id}.hidden or policy_${id}.held is null then null else coalesce(seen_${id}.value, 0) end)::integer as v_${id}`,
  );
  const rows = await rowsOf<Record<string, number | null> & { tally: string; set: string }>(
    workshop,
    `with exact as (select ${columns}, n::integer as n from grouped where ${where} and period_end = date '${period}' and n > 0)
     select exact.tally, exact."set", any_value(exact.n)::integer as n, ${values.join(', ')} from exact ${seen.join(' ')}
     group by exact.tally, exact."set", exact.area, exact.a, exact.b`,
  );
  const tables = Map.groupBy(rows, ({ tally, set }) => `${tally} ${set}`);
  return (tally, set, readers) =>
    (tables.get(`${tally} ${set}`) ?? [])
      .map((row) => ({ n: row.n!, values: readers.map(({ id }) => row[`v_${id}`] ?? null) }))
      .filter(({ values }) => values.some((value) => value !== null));
}

/** The public counts of the files are such as can have been drawn from the trusted ones. */
async function chainHolds({ workshop, noisy }: Context): Promise<Outcome> {
  if (!noisy.some(({ drawnFrom }) => drawnFrom !== null)) return { figure: '', passed: true };
  const cell = `"set"::varchar as "set", grain::varchar as grain, level::varchar as level, area::varchar as area, period_end, a::varchar as a, b::varchar as b, tally::varchar as tally, value`;
  const where = `grain = 'year' and tally in ('headcount', 'leavers_organisation', 'joiners_organisation') and c is null`;
  const same = ['"set"', 'grain', 'level', 'area', 'period_end', 'tally'].map(
    (column) => `fine.${column} = open.${column}`,
  );
  const [row] = await rowsOf<{ large: number; far: number; variance: number }>(
    workshop,
    `with open as (select ${cell} from release_public.cell where ${where}), fine as (select ${cell} from release_trusted.cell where ${where}),
       pair as (select open.value - fine.value as moved, fine.value as t from open join fine on ${same.join(' and ')}
         and fine.a is not distinct from open.a and fine.b is not distinct from open.b)
     select count(*) filter (where t >= 10)::integer as large, count(*) filter (where abs(moved) > ${chainRule.D})::integer as far,
       coalesce(avg(moved * moved) filter (where t >= 10), 0)::double as variance from pair`,
  );
  const { large, far, variance } = row!;
  // One set of people may be in several cells: four times the standard error of a variance of independent draws.
  const slack = Math.max(0.05, 4 * Math.sqrt(2 / Math.max(1, large / 3)));
  return {
    figure: `public from trusted: ${far} further than 5, variance ${variance.toFixed(2)} over ${large.toLocaleString('en-GB')}`,
    passed: far === 0 && (large < 500 || Math.abs(variance / chainRule.V - 1) <= slack),
  };
}
