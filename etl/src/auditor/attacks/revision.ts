import { existsSync } from 'node:fs';
import { rowsOf } from '@ahp/sql/open';
import { keptWithin, readDrawn } from '../../steps/drawn.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';
import { attachRelease, detachRelease, type Context } from '../context.ts';

/** What a release that follows another one tells about what was corrected: a cell that hardly moved must not move at all. */
export const revision: Attack = {
  number: 11,
  id: 'revision',
  title: 'A release against the one before: what a correction shows',
  criterion: `every cell whose true count moved by less than ${keptWithin} since it was drawn: the same figure, in every audience; those of 1 to 4 before and after: none with a second draw`,
  fast: true,
  asks: false,
  async run(context) {
    if (!context.before || !existsSync(context.before.drawn))
      return { figure: 'no release before this one', passed: true };
    await attachRelease(context.workshop, context.before.folder, 'earlier');
    await readDrawn(context.workshop, context.before.drawn, 'drawn_earlier');
    try {
      return await onEachAudience(context, (_, { id }) => compare(context, id));
    } finally {
      await detachRelease(context.workshop, 'earlier');
    }
  },
};

const cell = ['"set"', 'grain', 'level', 'area', 'period_end', 'tally', 'a', 'b', 'c'];
const columns = cell.map((column) => (column === 'period_end' ? column : `${column}::varchar as ${column}`)).join(', ');
const same = (left: string, right: string) =>
  cell
    .map((column) =>
      column.length === 1
        ? `${left}.${column} is not distinct from ${right}.${column}`
        : `${left}.${column} = ${right}.${column}`,
    )
    .join(' and ');

async function compare({ workshop }: Context, id: string): Promise<Outcome> {
  // What a file shows above zero, or where something above zero of the other file is: withheld rows of either are left out by the join of values.
  const [counts] = await rowsOf<{ near: number; moved: number; far: number; small: number }>(
    workshop,
    `with now as (select ${columns}, value from release_${id}.cell where grain <> 'month'), before as (select ${columns}, value from earlier_${id}.cell where grain <> 'month'),
       truth as (select ${columns}, n from grouped where grain <> 'month'), drawn_then as (select ${columns}, n from drawn_earlier),
       counted as (select distinct tally from drawn_then),
       pair as (
         select now.*, before.value as earlier, coalesce(truth.n, 0) as n, coalesce(drawn_then.n, 0) as n_then
         from now join before on ${same('now', 'before')} semi join counted on counted.tally = now.tally
         left join truth on ${same('truth', 'now')} left join drawn_then on ${same('drawn_then', 'now')})
     select count(*) filter (where abs(n - n_then) < ${keptWithin})::integer as near,
       count(*) filter (where abs(n - n_then) < ${keptWithin} and value <> earlier)::integer as moved,
       count(*) filter (where abs(n - n_then) >= ${keptWithin})::integer as far,
       count(*) filter (where n between 1 and 4 and n_then between 1 and 4 and value <> earlier)::integer as small
     from pair`,
  );
  const { near, moved, far, small } = counts!;
  return {
    figure: `${moved} of ${near.toLocaleString('en-GB')} cells that moved by less than ${keptWithin} show it, ${small} counts of 1 to 4 have a second draw; ${far.toLocaleString('en-GB')} moved further`,
    passed: moved === 0 && small === 0,
  };
}
