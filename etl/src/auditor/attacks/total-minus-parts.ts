import { rowsOf } from '@ahp/sql/open';
import { countRows, type Audience } from '../../disclosure/audiences.ts';
import { percent, onEachReader, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { finestOf, matchLatestYear } from '../matched.ts';

/** A split needs this many parents of different people for its variance to be judged. */
const enough = 1000;
/** By how much of what is drawn a variance may fall short, or by how many of its standard errors, whichever is more. */
const allowance = { share: 0.05, standardErrors: 4 };
const nested = [
  ['organisation', 'system'],
  ['system', 'region'],
  ['organisation', 'region'],
  ['region', 'nation'],
  ['organisation', 'nation'],
  ['nation', 'uk'],
] as const;

/** Every cell is estimated as its parent less its brothers: by each of its dimensions, and by geography. */
export const totalMinusParts: Attack = {
  number: 3,
  id: 'total_minus_parts',
  title: 'Total minus parts, over every parent of the lattice',
  criterion:
    'variance of the estimate ≥ that of the noise of its parent (within 5%, more where few counts are drawn) for every kind of parent; counts of 1 to 4 found ≤ guess + 5 points',
  fast: true,
  asks: false,
  run: (context) => onEachReader(context, attack),
};

async function attack(context: Context, readers: readonly Audience[]): Promise<Outcome> {
  await matchLatestYear(context, readers);
  await noiseByCount(context, finestOf(readers));
  const sets = await rowsOf<{ set: string }>(context.workshop, `select distinct "set" from matched`);
  await context.workshop.run(
    'create or replace temp table difference (split varchar, parent ubigint, of integer, n integer, estimate double)',
  );
  await byDimensions(
    context,
    sets.map(({ set }) => set),
  );
  for (const [child, parent] of nested) await byGeography(context, readers[0]!, child, parent);
  const splits = await variances(context);
  const [found] = await rowsOf<{ cells: number; found: number; guess: number }>(
    context.workshop,
    `select count(*)::integer as cells, count(*) filter (where round(estimate) = n)::integer as found,
       greatest(count(*) filter (where n = 1), count(*) filter (where n = 2), count(*) filter (where n = 3), count(*) filter (where n = 4))::integer as guess
     from difference where n between 1 and 4`,
  );
  const { cells, found: exact, guess } = found!;
  const least = splits[0];
  return {
    figure: `least variance ${least ? `${least.variance.toFixed(2)}, drawn with ${least.drawn.toFixed(2)}` : 'of none'} (${splits.length} kinds of parent); ${percent(exact / (cells || 1))} of ${cells.toLocaleString('en-GB')} found, guessing ${percent(guess / (cells || 1))}`,
    passed:
      splits.every(
        ({ variance, drawn, error }) =>
          variance >= drawn - Math.max(allowance.share * drawn, allowance.standardErrors * error),
      ) && exact <= guess + 0.05 * cells,
  };
}

/** From this count on, all have noise of the same variance. */
const large = 15;

/** The variance of the noise of each count, by the p-table: a 1 is published as 0 or as 3 and more, and has less noise than a large count. */
async function noiseByCount({ workshop }: Context, reader: Audience): Promise<void> {
  const rows = countRows(reader, large).map((row, n) => {
    const variance = [...row].reduce((sum, [value, p]) => sum + p * (value - n) ** 2, 0);
    return `(${n}, ${variance}::double)`;
  });
  await workshop.run(
    `create or replace temp table noise_of as from (values ${rows.join(', ')}) as noise_of(n, variance)`,
  );
}

/**
 * The variance of the estimates of each split, that of the noise drawn for its parents, and its standard error, by how far the first falls short. All that is estimated from one parent has the parent's noise
 * in common, and some parents have many parts: each parent is one draw, weighted by its parts (the linearised variance of a ratio of cluster totals,
 * Cochran, Sampling Techniques, 3rd edition, 11.9).
 */
async function variances({
  workshop,
}: Context): Promise<{ split: string; variance: number; drawn: number; error: number }[]> {
  return rowsOf(
    workshop,
    `with drawn as (
         select split, parent, count(*) as parts, sum((estimate - difference.n) * (estimate - difference.n)) as squares, sum(variance) as noise
         from difference join noise_of on noise_of.n = least(difference.of, ${large}) group by split, parent),
       judged as (select split, sum(squares) / sum(parts) as variance, sum(noise) / sum(parts) as drawn from drawn group by split having count(*) >= ${enough})
     select split, judged.variance, judged.drawn, sqrt(sum((squares - parts * judged.variance) * (squares - parts * judged.variance))) / sum(parts) as error
     from drawn join judged using (split) group by split, judged.variance, judged.drawn order by judged.variance / judged.drawn`,
  );
}

/** Along every dimension of every set whose parents are published: one statement for all sets of a size that are cut at one place. */
async function byDimensions({ workshop }: Context, sets: readonly string[]): Promise<void> {
  const cuts = sets
    .filter((set) => set !== '')
    .flatMap((set) => {
      const dimensions = set.split('+');
      return dimensions.map((dimension, axis) => ({
        set,
        dimension,
        size: dimensions.length,
        axis,
        parent: dimensions.filter((_, place) => place !== axis).join('+'),
      }));
    })
    .filter(({ parent }) => sets.includes(parent));
  for (const some of Map.groupBy(cuts, ({ size, axis }) => `${size} ${axis}`).values()) {
    const [{ size, axis }] = some as [(typeof some)[number]];
    const kept = ['a', 'b', 'c'].slice(0, size).filter((_, place) => place !== axis);
    const same = kept.map((column, k) => ` and parent.${['a', 'b'][k]} = child.${column}`).join('');
    const group = ['"set"', 'level', 'area', ...kept].map((column) => `child.${column}`).join(', ');
    const named = some.map(({ set, parent, dimension }) => `('${set}', '${parent}', '${dimension} of ${set}')`);
    await workshop.run(
      `insert into difference
       select cut.split, parent.key, parent.n, child.n, parent.value - (sum(child.value) over (partition by ${group}) - child.value)
       from matched as child join (values ${named.join(', ')}) as cut("set", parent, split) on cut."set" = child."set"
       join matched as parent on parent."set" = cut.parent and parent.level = child.level and parent.area = child.area${same}`,
    );
  }
}

async function byGeography({ workshop }: Context, audience: Audience, child: string, parent: string): Promise<void> {
  await workshop.run(
    `insert into difference
     select '${child} of ${parent}', parent.key, parent.n, child.n, parent.value - (sum(child.value) over (partition by parent.area, child."set", child.a, child.b, child.c) - child.value)
     from matched as child
     join release_${audience.id}.area as place on place.level = '${child}' and place.code = child.area
     join matched as parent on parent.level = '${parent}' and parent.area = ${parent === 'uk' ? `'uk'` : `place.${parent}`} and parent."set" = child."set"
       and parent.a is not distinct from child.a and parent.b is not distinct from child.b and parent.c is not distinct from child.c
     where child.level = '${child}'`,
  );
}
