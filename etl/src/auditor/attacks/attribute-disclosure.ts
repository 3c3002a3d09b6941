import { rowsOf } from '@ahp/sql/open';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachReader, percent, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { matchLatestYear } from '../matched.ts';

/** Tables are shown from this published base on, and when at least half of their used rows and columns are filled; rows of them from this base on. */
const tableMinimum = 50;
const filledMinimum = 0.5;
const rowMinimum = 30;
const covered = 0.3;

/** A published zero beside other counts of a sensitive characteristic must leave it open whether someone is there. */
export const attributeDisclosure: Attack = {
  number: 7,
  id: 'attribute_disclosure',
  title: '0% and 100%: what zeros of sensitive characteristics tell',
  criterion:
    'of published zeros beside other counts, in rows that are shown, at least 30% stand for someone (within 3 standard errors; what several areas say of the same people counts once); no count of 1 to 4 is published',
  fast: true,
  asks: false,
  run: (context) => onEachReader(context, attack),
};

async function attack(context: Context, readers: readonly Audience[]): Promise<Outcome> {
  await matchLatestYear(context, readers);
  const sensitive = await rowsOf<{ id: string }>(
    context.workshop,
    `select id from release_${readers[0]!.id}.dimension where sensitive`,
  );
  let zeros = 0;
  let someone = 0;
  for (const { id } of sensitive)
    for (const set of [id, ['band', id].sort().join('+')]) {
      const row = await zerosOf(context, set, id);
      zeros += row.zeros;
      someone += row.someone;
    }
  const small = await Promise.all(readers.map((audience) => smallCounts(context, audience)));
  const share = zeros === 0 ? 1 : someone / zeros;
  // A handful of zeros says nothing of the rule: a small release is judged by what its size allows.
  const error = Math.sqrt((covered * (1 - covered)) / Math.max(1, zeros));
  return {
    figure: `${percent(share)} of ${zeros.toLocaleString('en-GB')} zeros stand for someone; ${small.map(({ counts, floor }) => `${counts} counts of 1 to ${floor}`).join(', ')}`,
    passed: share >= covered - 3 * error && small.every(({ counts }) => counts === 0),
  };
}

/** The greatest count that must never be published, as promised to the audience. */
const promised: Record<string, number> = { public: 4, trusted: 2 };

async function smallCounts({ workshop }: Context, audience: Audience): Promise<{ counts: number; floor: number }> {
  const floor = promised[audience.id] ?? audience.js;
  const [{ counts } = { counts: -1 }] = await rowsOf<{ counts: number }>(
    workshop,
    `select count(*)::integer as counts from release_${audience.id}.cell where value between 1 and ${floor}
       and not contains(tally::varchar, 'fte') and tally::varchar not in ('cpd_hours', 'exposure_months', 'unstepped_months')`,
  );
  return { counts, floor };
}

async function zerosOf(
  { workshop }: Context,
  set: string,
  sensitive: string,
): Promise<{ zeros: number; someone: number }> {
  const dimensions = set.split('+');
  const column = dimensions[0] === sensitive ? 'a' : 'b';
  const row = dimensions.length === 1 ? "'all'" : column === 'a' ? 'b' : 'a';
  const [counts] = await rowsOf<{ zeros: number; someone: number }>(
    workshop,
    `with seen as (select level, area, ${row} as line, ${column} as category, n, key, value from matched where "set" = '${set}'),
       shown as (
         select level, area from seen group by level, area
         having sum(value) >= ${tableMinimum}
           and count(*) filter (where value > 0) >= ${filledMinimum} * count(distinct category) filter (where value > 0) * count(distinct line) filter (where value > 0)),
       line as (
         select level, area, line, sum(key) as people from seen semi join shown using (level, area) group by all
         having sum(value) >= ${rowMinimum}),
       zero as (
         select distinct people, category, coalesce(n, 0) > 0 as someone
         from line join (select distinct level, category from seen) using (level) left join seen using (level, area, line, category)
         where coalesce(value, 0) = 0)
     select count(*)::integer as zeros, count(*) filter (where someone)::integer as someone from zero`,
  );
  return counts!;
}
